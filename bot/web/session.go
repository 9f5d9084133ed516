package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"time"

	"jinwen/bot/web/guard"
	"jinwen/bot/web/view"
)

// Signing in and out.

// who is signed in; "" nobody.
func (d *desk) who(v *visit) string {
	token := v.cookie(cookieSession)
	if token == "" {
		return ""
	}
	key, now := sha256.Sum256([]byte(token)), v.now()
	d.mu.Lock()
	defer d.mu.Unlock()
	s := d.sessions[key]
	if s == nil {
		return ""
	}
	if now.Sub(s.used) > sessionIdle || now.Sub(s.since) > sessionLife {
		delete(d.sessions, key)
		return ""
	}
	s.used = now
	return s.name
}

func (d *desk) open(name string, now time.Time) (token string) {
	b := make([]byte, 32)
	rand.Read(b) // never fails
	token = base64.RawURLEncoding.EncodeToString(b)
	d.mu.Lock()
	defer d.mu.Unlock()
	for len(d.sessions) >= maxSessions {
		var oldest [32]byte
		at := now
		for k, s := range d.sessions {
			if !s.used.After(at) {
				oldest, at = k, s.used
			}
		}
		delete(d.sessions, oldest)
	}
	d.sessions[sha256.Sum256([]byte(token))] = &session{name, now, now}
	return token
}

func (v *visit) sessionCookie(value string, life time.Duration) {
	age := int(life / time.Second)
	if value == "" {
		age = -1
	}
	http.SetCookie(v.w, &http.Cookie{
		Name: cookieSession, Value: value, Path: "/admin", MaxAge: age,
		HttpOnly: true, Secure: v.https(v.r), SameSite: http.SameSiteStrictMode,
	})
}

func (d *desk) loginPage(v *visit) {
	problem := ""
	if v.q.Get("expired") != "" {
		problem = v.page.T().AdminExpired
	}
	v.loginForm(http.StatusOK, "", problem)
}

func (v *visit) loginForm(status int, name, problem string) {
	v.w.Header().Set("Cache-Control", "no-store")
	v.page.NoIndex, v.page.Nav = true, "admin"
	v.page.Title, v.page.Error = v.page.T().AdminLogin, status >= 400
	v.page.Data = struct{ Name, Problem string }{name, problem}
	v.show(status, "login")
}

// signIn checks a name and a password. A name that there is not takes as long
// as a wrong password.
func (d *desk) signIn(v *visit) {
	t := v.page.T()
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, maxBody)
	if err := v.r.ParseForm(); err != nil {
		v.fail(http.StatusRequestEntityTooLarge, 0)
		return
	}
	from := v.opt.Proxies.Client(v.r)
	ok, wait := d.login.Allow(from, guard.Page)
	if ok {
		ok, wait = d.all.Allow(noAddress, guard.Page)
	}
	if !ok {
		v.w.Header().Set("Retry-After", fmt.Sprint(wait))
		v.loginForm(http.StatusTooManyRequests, "", fmt.Sprintf(t.AdminSlow, wait))
		return
	}
	name, password := v.r.PostForm.Get("name"), v.r.PostForm.Get("password")
	i := slices.IndexFunc(v.opt.Admins, func(a Account) bool { return a.Name == name })
	account := v.opt.Admins[max(i, 0)]
	select {
	case d.slot <- struct{}{}:
	case <-v.r.Context().Done():
		return
	}
	right := matches(account.hash, password) && i >= 0
	<-d.slot
	if !right {
		v.log.Warn("sign-in refused")
		v.loginForm(http.StatusForbidden, view.Plain(name), t.AdminWrong)
		return
	}
	v.log.Info("signed in", logWho, name)
	v.sessionCookie(d.open(name, v.now()), sessionLife)
	http.Redirect(v.w, v.r, view.Address("/admin", stickyOf(v.r.PostForm)), http.StatusSeeOther)
}

func (d *desk) signOut(v *visit) {
	d.mu.Lock()
	delete(d.sessions, sha256.Sum256([]byte(v.cookie(cookieSession))))
	d.mu.Unlock()
	v.sessionCookie("", 0)
	http.Redirect(v.w, v.r, "/admin/login", http.StatusSeeOther)
}
