package check

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/bot/dispatch"
	"jinwen/handlers/store"
)

// app is a program with these variables; its data folder is in dir.
func app(t *testing.T, dir string, environ ...string) *base.App {
	t.Helper()
	a := &base.App{Out: print.New(io.Discard, func(string) string { return "" }), Err: io.Discard, Flags: &base.Globals{DataDir: filepath.Join(dir, "data")}, Environ: environ, Now: time.Now}
	if err := a.Configure(); err != nil {
		t.Fatal(err)
	}
	return a
}

// told is what a finding says: whether all is well, and some words of it.
func told(f finding) string {
	state := "ok"
	switch {
	case f.mend != "" && f.warn:
		state = "note"
	case f.mend != "":
		state = "FAIL"
	}
	return state + " " + f.name + ": " + f.what + " → " + f.mend
}

// wants checks what findings say: the beginning, then words that follow.
func wants(t *testing.T, name string, list []finding, want ...string) {
	t.Helper()
	if len(list) != len(want) {
		t.Errorf("%s: %d findings, want %d: %+v", name, len(list), len(want), list)
		return
	}
	for i, f := range list {
		got := told(f)
		begin, words, _ := strings.Cut(want[i], "…")
		if !strings.HasPrefix(got, begin) || !strings.Contains(got, words) {
			t.Errorf("%s: %s\nwant %s", name, got, want[i])
		}
	}
}

// TestFolders: what is said of the data folder, the watched one and the disk.
func TestFolders(t *testing.T) {
	dir := t.TempDir()
	a := app(t, dir)
	data := a.Cfg.DataDir
	file := filepath.Join(dir, "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wants(t, "no folder yet", []finding{checkData(a)}, "ok data folder: "+data+" (made when first needed)")
	a.Cfg.DataDir = filepath.Join(dir, "a", "b", "c")
	wants(t, "far from any folder", []finding{checkData(a), checkDisk(a)}, "ok data folder: "+a.Cfg.DataDir+" (made", "ok disk: … MB free")
	a.Cfg.DataDir = filepath.Join(file, "data")
	if f := checkData(a); f.mend == "" {
		t.Errorf("below a file: %+v", f)
	}
	a.Cfg.DataDir = file
	wants(t, "a file", []finding{checkData(a)}, "FAIL data folder: "+file+": not a folder → set data_dir")
	a.Cfg.DataDir = data
	if err := os.Mkdir(data, 0o700); err != nil {
		t.Fatal(err)
	}
	wants(t, "a folder", []finding{checkData(a)}, "ok data folder: "+data+" →")
	for i := range 5 {
		if err := os.WriteFile(filepath.Join(data, fmt.Sprint("open", i)), nil, 0o604); err != nil {
			t.Fatal(err)
		}
	}
	f := checkData(a)
	wants(t, "others can read it", []finding{f}, "note data folder: "+data+": others can read …open0")
	if n := strings.Count(f.what, "open"); n != 3 {
		t.Errorf("%d files are named, want 3", n)
	}
	wants(t, "a watched folder", []finding{checkWatch(dir), checkWatch(filepath.Join(dir, "none")), checkWatch(file), checkWatch(filepath.Join(file, "x"))},
		"ok watch_dir: "+dir+" →", "FAIL watch_dir: …: does not exist → make it (mkdir -p ", "FAIL watch_dir: "+file+": not a folder", "FAIL watch_dir: …not a directory")
	if list, err := os.ReadDir(data); err != nil || len(list) != 5 {
		t.Errorf("%d files in the folder after looking, %v", len(list), err)
	}
}

// TestSettings: what is said of the settings, the token and the clock.
func TestSettings(t *testing.T) {
	dir := t.TempDir()
	wants(t, "nothing", checkSettings(app(t, dir)), "ok settings: defaults and environment")
	wants(t, "a slip", checkSettings(app(t, dir, "JINWEN_ADMIN=1")), "ok settings", "note environment: unknown variable JINWEN_ADMIN, did you mean JINWEN_ADMINS? → correct or unset it")
	wants(t, "nobody to import", checkSettings(app(t, dir, "TELEGRAM_BOT_TOKEN=1:abcdefghijkl")), "ok settings", "note admins: none")
	wants(t, "somebody to import", checkSettings(app(t, dir, "TELEGRAM_BOT_TOKEN=1:abcdefghijkl", "JINWEN_ADMINS=5")), "ok settings")

	s := bottest.NewServer(t)
	telegram := func(now time.Time, environ ...string) []finding {
		t.Helper()
		a := app(t, dir, environ...)
		if !now.IsZero() {
			a.Now = func() time.Time { return now }
		}
		token, clock := checkTelegram(t.Context(), a)
		return []finding{token, clock}
	}
	here := []string{"TELEGRAM_BOT_TOKEN=" + s.Token, "JINWEN_TELEGRAM_API_ENDPOINT=" + s.Endpoint()}
	wants(t, "no token", telegram(time.Time{}), "note telegram: no token → to run in Telegram", "ok clock: ")
	wants(t, "no token, a page", telegram(time.Time{}, "JINWEN_WEB_LISTEN=:8"), "ok telegram: no token", "ok clock: ")
	wants(t, "no token, another channel", telegram(time.Time{}, "JINWEN_WECOM_BOT_ID=b", "JINWEN_WECOM_SECRET=s"), "ok telegram: no token", "ok clock: ")
	wants(t, "a token", telegram(time.Time{}, here...), "ok telegram: @"+s.Name, "ok clock: ")
	wants(t, "a clock that is off", telegram(time.Now().Add(10*time.Minute), here...), "ok telegram", "FAIL clock: … off Telegram's → set the clock, or run a time service (NTP)")
	wants(t, "a clock that is off the other way", telegram(time.Now().Add(-10*time.Minute), here...), "ok telegram", "FAIL clock: …off Telegram's")
	wants(t, "a clock that never ran", telegram(time.Date(2023, 12, 31, 0, 0, 0, 0, time.UTC)), "note telegram", "FAIL clock: 2023-12-31T00:00:00Z → set the clock: it is in the past")
	wants(t, "a clock that runs", telegram(time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)), "note telegram", "ok clock: 2024-01-01T00:00:00Z")
	wants(t, "another's token", telegram(time.Time{}, "TELEGRAM_BOT_TOKEN=5:wrong-token_of", here[1]), "FAIL telegram: … → get the token from @BotFather", "ok clock: ")
	s.Inject("getMe", bottest.Once(100, bottest.Fault{Error: &bottest.Error{Code: 400, Description: "Bad Request: no"}}))
	wants(t, "a server that refuses", telegram(time.Time{}, here...), "FAIL telegram: … → check the network", "ok clock: ")
}

// TestPage: what is said of the page's address, and of admins whose passwords
// others can read.
func TestPage(t *testing.T) {
	dir := t.TempDir()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	hash := "JINWEN_WEB_ADMINS=ann:$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0MTI$AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
	for _, tt := range []struct {
		name    string
		environ []string
		want    []string
	}{
		{"none", nil, nil},
		{"an address", []string{"JINWEN_WEB_LISTEN=127.0.0.1:0"}, []string{"ok web page: 127.0.0.1:0"}},
		{"one that is taken", []string{"JINWEN_WEB_LISTEN=" + l.Addr().String()}, []string{"note web page: " + l.Addr().String() + " is taken"}},
		{"one of another machine", []string{"JINWEN_WEB_LISTEN=192.0.2.1:80"}, []string{"FAIL web page: … → set web.listen to an address of this machine"}},
		{"admins here", []string{"JINWEN_WEB_LISTEN=127.0.0.1:0", hash}, []string{"ok web page"}},
		{"admins here by name", []string{"JINWEN_WEB_LISTEN=localhost:0", hash}, []string{"ok web page"}},
		{"admins in the open", []string{"JINWEN_WEB_LISTEN=0.0.0.0:0", hash}, []string{"ok web page", "note web admins: passwords and sessions travel in the open"}},
		{"admins at any address", []string{"JINWEN_WEB_LISTEN=:0", hash}, []string{"ok web page", "note web admins"}},
		{"admins behind a proxy", []string{"JINWEN_WEB_LISTEN=:0", "JINWEN_WEB_BASE_URL=https://h", hash}, []string{"ok web page"}},
		{"a plain address of the site", []string{"JINWEN_WEB_LISTEN=:0", "JINWEN_WEB_BASE_URL=http://h", hash}, []string{"ok web page", "note web admins"}},
	} {
		wants(t, tt.name, checkWeb(t.Context(), app(t, dir, tt.environ...)), tt.want...)
	}
}

// TestEmbeddings: what is said of the embedding server: that it answers, in time
// or not, or not at all.
func TestEmbeddings(t *testing.T) {
	dir := t.TempDir()
	wants(t, "none", checkEmbeddings(t.Context(), app(t, dir)))
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.Header.Get("Authorization"), "bad") {
			http.Error(w, "no", http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, `{"data":[{"index":0,"embedding":[0.6,0.8,0]}]}`)
	}))
	defer s.Close()
	server := []string{"JINWEN_EMBEDDINGS_URL=" + s.URL + "/v1", "JINWEN_EMBEDDINGS_MODEL=bge"}
	wants(t, "well", checkEmbeddings(t.Context(), app(t, dir, append(server, "JINWEN_EMBEDDINGS_TIMEOUT=10s")...)), "ok embeddings: bge, vectors of 3 numbers, answers within embeddings.timeout")
	a := app(t, dir, server...)
	a.Cfg.Embeddings.Timeout = 1
	wants(t, "slow", checkEmbeddings(t.Context(), a), "note embeddings: bge, vectors of 3 numbers, answers in … → a question waits 1ns only")
	key := filepath.Join(dir, "key")
	if err := os.WriteFile(key, []byte("bad"), 0o600); err != nil {
		t.Fatal(err)
	}
	wants(t, "refused", checkEmbeddings(t.Context(), app(t, dir, append(server, "JINWEN_EMBEDDINGS_KEY_FILE="+key)...)), "note embeddings: … → start the server")
}

// TestKept: what is said of what the data folder holds.
func TestKept(t *testing.T) {
	dir := t.TempDir()
	a := app(t, dir)
	wants(t, "no state", checkState(t.Context(), a))
	wants(t, "no letters", checkAside(a))
	wants(t, "no versions", checkVersions(a))
	wants(t, "the report that ships", checkReport(a)[:1], "ok report: … figures, ")
	wants(t, "the usual dictionaries", []finding{checkDict(a)}, "ok dictionaries: …dict")
	if err := os.Mkdir(a.Cfg.DataDir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(a.Path("lexicon.yaml"), []byte("same: ["), 0o600); err != nil {
		t.Fatal(err)
	}
	wants(t, "words that do not read", checkReport(a)[:1], "FAIL report: … → mend that file, or move it away")
	users, err := store.Open(a.Path("state.db"), nil)
	if err != nil {
		t.Fatal(err)
	}
	wants(t, "a bot that runs", checkState(t.Context(), a), "ok state: … (in use by a running bot, which has read it)")
	users.Close()
	wants(t, "a state", checkState(t.Context(), a), "ok state: "+a.Path("state.db")+" →")
	if err := os.WriteFile(a.Path("state.db"), bytes.Repeat([]byte("damage "), 10_000), 0o600); err != nil {
		t.Fatal(err)
	}
	wants(t, "a damaged state", checkState(t.Context(), a), "FAIL state: … → ")
	if err := dispatch.OpenDeadLetters(a.Path("dead-letters"), nil).Put(dispatch.DeadLetter{ID: "telegram:1", Time: time.Now()}); err != nil {
		t.Fatal(err)
	}
	wants(t, "a letter", checkAside(a), "note set aside: 1 could not be handled → look at them with jinwen dead-letters")
	os.RemoveAll(a.Path("dead-letters"))
	if err := os.WriteFile(a.Path("dead-letters"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	wants(t, "letters that do not read", checkAside(a), "FAIL set aside: … → let the user")
	a.Flags.Report = filepath.Join(dir, "none.txt")
	wants(t, "no such report", checkReport(a), "FAIL report: … → go back with jinwen rollback")
	a.Cfg.DictDir, a.Flags.DictDir = dir, dir
	wants(t, "no dictionaries", []finding{checkDict(a)}, "FAIL dictionaries: --dict-dir: … → copy that folder there")
	a.Cfg.FontFile = filepath.Join(dir, "none.ttf")
	wants(t, "no font", []finding{checkFont(a)}, "note font: charts will be tables of text: … → apt-get install")
}

// TestChannels: what is said of the channels beside Telegram.
func TestChannels(t *testing.T) {
	dir := t.TempDir()
	const key = "JINWEN_WECHAT_ENCODING_AES_KEY=abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
	wechat := []string{"JINWEN_WECHAT_TOKEN=t", "JINWEN_WECHAT_APP_ID=wx1"}
	closed := httptest.NewServer(http.NotFoundHandler())
	closed.Close()
	for _, tt := range []struct {
		name    string
		environ []string
		want    []string
	}{
		{"none", nil, nil},
		{"plain mode", append(wechat, "JINWEN_WECHAT_LISTEN=:9"), []string{"note wechat: plain mode, WeChat is awaited at :9/wechat → what people write passes unencrypted"}},
		{"safe mode", append(wechat, "JINWEN_WEB_LISTEN=:8", key), []string{"ok wechat: safe mode, WeChat is awaited at :8/wechat"}},
		{"compatible mode", append(wechat, "JINWEN_WECHAT_LISTEN=:9", "JINWEN_WECHAT_PLAIN=true", key), []string{"ok wechat: compatible mode"}},
		{"an API that is not reached", append(wechat, "JINWEN_WECHAT_LISTEN=:9", key, "JINWEN_WECHAT_APP_SECRET=s", "JINWEN_WECHAT_API_ENDPOINT="+closed.URL), []string{"FAIL wechat: … → check app_id and app_secret"}},
		{"a service that is not reached", []string{"JINWEN_WECOM_BOT_ID=b", "JINWEN_WECOM_SECRET=s", "JINWEN_WECOM_URL=" + strings.Replace(closed.URL, "http", "ws", 1)}, []string{"FAIL wecom: … → check the network and wecom.url"}},
	} {
		wants(t, tt.name, checkChannels(t.Context(), app(t, dir, tt.environ...)), tt.want...)
	}
	api := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"access_token":"x","expires_in":7200}`)
	}))
	defer api.Close()
	a := app(t, dir, append(wechat, "JINWEN_WECHAT_LISTEN=:9", key, "JINWEN_WECHAT_APP_SECRET=s", "JINWEN_WECHAT_API_ENDPOINT="+api.URL)...)
	wants(t, "an API that answers", checkChannels(t.Context(), a), "ok wechat: safe mode, …, the API takes app_secret")
}

// TestCommand: the findings are printed with what to do, and the exit says
// whether the bot would run.
func TestCommand(t *testing.T) {
	run := func(c Command, environ ...string) (string, error) {
		var out bytes.Buffer
		a := &base.App{Out: print.New(&out, func(string) string { return "" }), Err: io.Discard, Flags: &base.Globals{DataDir: t.TempDir()}, Environ: environ, Now: time.Now}
		err := c.Run(t.Context(), a)
		a.Out.Flush()
		return out.String(), err
	}
	out, err := run(Command{})
	if err != nil || !strings.Contains(out, "ok    settings     defaults and environment\n") || !strings.Contains(out, "note  telegram     no token\n"+strings.Repeat(" ", 18)+" → to run in Telegram") || strings.Contains(out, "FAIL") || strings.Contains(out, "watch_dir") {
		t.Errorf("%v\n%s", err, out)
	}
	out, err = run(Command{}, "JINWEN_WATCH_DIR=/does/not/exist")
	if !errors.Is(err, base.ErrQuiet) || !strings.Contains(out, "FAIL  watch_dir    /does/not/exist: does not exist\n") {
		t.Errorf("%v\n%s", err, out)
	}
	out, err = run(Command{}, "JINWEN_LOG_LEVEL=loud")
	if !errors.Is(err, base.ErrQuiet) || strings.Count(out, "\n") != 2 || !strings.Contains(out, "mend this first; the rest is not tested") {
		t.Errorf("%v\n%s", err, out)
	}
	if _, err := run(Command{Health: true}, "JINWEN_LOG_LEVEL=loud"); err == nil || errors.Is(err, base.ErrQuiet) {
		t.Errorf("the health of a bot that cannot start: %v", err)
	}
	if _, err := run(Command{Health: true}); err == nil || !strings.HasPrefix(err.Error(), "health: no address is set") {
		t.Errorf("the health of nobody: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	at, stopped, err := dispatch.Serve(ctx, "127.0.0.1:0", dispatch.Health(dispatch.NewRegistry(), func() string { return "" }))
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(at.String())
	for _, host := range []string{"127.0.0.1", "", "0.0.0.0", "[::]"} {
		if _, err := run(Command{Health: true}, "JINWEN_LISTEN="+host+":"+port); err != nil {
			t.Errorf("the health of a bot at %q: %v", host, err)
		}
	}
	cancel()
	<-stopped
	if _, err := run(Command{Health: true}, "JINWEN_LISTEN=127.0.0.1:"+port); err == nil {
		t.Error("a bot that has ended is well")
	}
}
