// Package check is the command that tests whether the bot can run here, and says
// what to mend.
package check

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"time"

	"jinwen/bot/cli/base"
	"jinwen/bot/cli/print"
	"jinwen/bot/cli/serve"
	"jinwen/bot/config"
	"jinwen/bot/telegram"
	"jinwen/handlers/chart"
	"jinwen/index/text"
)

// Command is the command that tests whether the bot can run here.
type Command struct {
	Health bool `help:"Only ask the running bot at the configured address (listen) whether it is alive; for container health checks."`
}

func (Command) Help() string {
	return `Tests the settings, the token, dictionaries, fonts, the data folder, disk and clock, and says what to mend. The exit code is 1 if the bot would not run well.

Examples:
  jinwen check
  jinwen check --config /etc/jinwen/config.yaml
  jinwen check --health`
}

// A finding is what one test of check found.
type finding struct {
	name string
	what string // what is there
	mend string // what to do; "" if all is well
	warn bool   // the bot runs all the same
}

func (c *Command) Run(ctx context.Context, a *base.App) error {
	err := a.Configure()
	if c.Health {
		if err != nil {
			return err
		}
		return c.health(ctx, a)
	}
	ctx, cancel := context.WithTimeout(ctx, 40*time.Second)
	defer cancel()
	var list []finding
	if err != nil {
		list = []finding{{name: "settings", what: base.OneLine(err), mend: "mend this first; the rest is not tested"}}
	} else {
		list = append(list, checkSettings(a)...)
		token, clock := checkTelegram(ctx, a)
		list = append(list, token)
		list = append(list, checkChannels(ctx, a)...)
		list = append(list, checkWeb(ctx, a)...)
		list = append(list, checkEmbeddings(ctx, a)...)
		list = append(list, checkReport(a)...)
		list = append(list, checkVersions(a)...)
		list = append(list, checkDict(a), checkFont(a), checkData(a))
		list = append(list, checkState(ctx, a)...)
		list = append(list, checkDisk(a))
		list = append(list, checkAside(a)...)
		if a.Cfg.WatchDir != "" {
			list = append(list, checkWatch(a.Cfg.WatchDir))
		}
		list = append(list, clock)
	}
	bad := false
	for _, f := range list {
		mark, st := "ok  ", print.Green
		switch {
		case f.mend != "" && f.warn:
			mark, st = "note", print.Yellow
		case f.mend != "":
			mark, st, bad = "FAIL", print.Red, true
		}
		fmt.Fprintf(a.Out, "%s  %-12s %s\n", a.Out.Styled(st, mark), f.name, f.what)
		if f.mend != "" {
			fmt.Fprintf(a.Out, "%18s → %s\n", "", f.mend)
		}
	}
	if bad {
		return base.ErrQuiet
	}
	return nil
}

func (c *Command) health(ctx context.Context, a *base.App) error {
	if a.Cfg.Listen == "" {
		return errors.New("health: no address is set: set listen (JINWEN_LISTEN), as 127.0.0.1:9090")
	}
	host, port, err := net.SplitHostPort(a.Cfg.Listen)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	return telegram.Healthy(ctx, net.JoinHostPort(host, port))
}

func checkSettings(a *base.App) []finding {
	list := []finding{{name: "settings", what: cmp.Or(a.Cfg.File(), "defaults and environment")}}
	for _, name := range config.Unknown(a.Environ) {
		list = append(list, finding{"environment", "unknown variable " + name, "correct or unset it", true})
	}
	if a.Cfg.Telegram.Token.Set() && len(a.Cfg.Admins) == 0 {
		list = append(list, finding{"admins", "none", "set admins (JINWEN_ADMINS) to your user id, which the bot tells you on /audit, to import reports from the chat", true})
	}
	return list
}

// clockSlack is how far the clock may be off before times in statistics and
// the days of logs are wrong to anybody's eye.
const clockSlack = time.Minute

func checkTelegram(ctx context.Context, a *base.App) (token, clock finding) {
	token, clock = finding{name: "telegram"}, finding{name: "clock"}
	now := a.Now()
	clock.what = now.Format(time.RFC3339)
	if now.Year() < 2024 {
		clock.mend = "set the clock: it is in the past"
	}
	if !a.Cfg.Telegram.Token.Set() {
		token.what, token.warn = "no token", true
		if a.Cfg.WeChat.Set() || a.Cfg.WeCom.Set() || a.Cfg.Web.Listen != "" {
			return token, clock // other channels are set up
		}
		token.mend = "to run in Telegram, set TELEGRAM_BOT_TOKEN to the token that @BotFather gives"
		return token, clock
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Second)
	defer cancel()
	name, theirs, err := telegram.Me(ctx, a.Cfg.Telegram.Token.Reveal(), serve.TelegramOptions(a))
	if err != nil {
		token.what = base.OneLine(err)
		token.mend = "check the network, the proxy (JINWEN_PROXY) and the endpoint (JINWEN_TELEGRAM_API_ENDPOINT)"
		if errors.Is(err, telegram.ErrToken) {
			token.mend = "get the token from @BotFather and set TELEGRAM_BOT_TOKEN"
		}
		return token, clock
	}
	token.what = "@" + name
	if off := a.Now().Sub(theirs); !theirs.IsZero() && off.Abs() > clockSlack {
		clock.what += fmt.Sprintf(", %v off Telegram's", off.Round(time.Second))
		clock.mend = "set the clock, or run a time service (NTP)"
	}
	return token, clock
}

func checkReport(a *base.App) []finding {
	f := finding{name: "report"}
	r, err := a.Report()
	if err != nil {
		f.what, f.mend = base.OneLine(err), "go back with jinwen rollback, or import the report again"
		return []finding{f}
	}
	f.what = fmt.Sprintf("%s (%s), %d figures, %d commitments", r.Title, r.ID, len(r.Figures), len(r.Commitments))
	if _, err := a.Lexicon(); err != nil {
		f.what, f.mend = base.OneLine(err), "mend that file, or move it away"
	}
	list := []finding{f}
	for _, d := range r.Doubts {
		list = append(list, finding{"unsure", base.DoubtText(r, d), "compare the text with the report, mend it and import it again", true})
	}
	return list
}

// checkVersions looks for damage in the folder of imported texts. A damaged
// journal falls back to the report that ships with the program, which looks
// well by itself.
func checkVersions(a *base.App) []finding {
	if !a.HasVersions() {
		return nil
	}
	s, err := a.Versions()
	if err != nil {
		return []finding{{name: "versions", what: base.OneLine(err), mend: "restore " + a.VersionsDir() + " from a backup, or move it away"}}
	}
	var list []finding
	if err := s.Lost(); err != nil {
		list = append(list, finding{name: "versions", what: "which version is active is not known any more", mend: "restore " + a.VersionsDir() + " from a backup, or import the report again: jinwen import FILE --activate"})
	}
	for _, w := range s.Warnings() {
		list = append(list, finding{"versions", filepath.Join(a.VersionsDir(), w.What), w.Mend, !w.Damage})
	}
	if len(list) == 0 {
		list = []finding{{name: "versions", what: fmt.Sprintf("%d kept", len(s.Versions()))}}
	}
	return list
}

func checkDict(a *base.App) finding {
	f := finding{name: "dictionaries"}
	if err := a.Dict(); err != nil {
		f.what, f.mend = base.OneLine(err), "copy that folder there, or leave the setting out to look in the usual places"
		return f
	}
	dir, err := text.FindDict(a.Cfg.DictDir)
	if err != nil {
		f.what, f.mend = base.OneLine(err), "copy the folder deps/cppjieba/dict of the gojieba module there, or set dict_dir (JINWEN_DICT_DIR)"
		return f
	}
	f.what = dir
	return f
}

func checkFont(a *base.App) finding {
	f := finding{name: "font", what: "Chinese characters can be drawn", warn: true}
	c := chart.Chart{Title: "津", Series: []string{"津"}, Groups: []chart.Group{{Label: "津", Bars: []chart.Bar{{Number: 1, Value: "1"}}}}}
	if _, err := c.PNG(a.Cfg.FontFile); err != nil {
		f.what = "charts will be tables of text: " + base.OneLine(err)
		f.mend = "apt-get install fonts-wqy-microhei, or set font_file (JINWEN_FONT_FILE)"
	}
	return f
}

// checkData looks whether the data folder can be written to, by doing it, and
// whether others can read what is in it.
func checkData(a *base.App) finding {
	f := finding{name: "data folder", what: a.Cfg.DataDir}
	info, err := os.Stat(a.Cfg.DataDir)
	if errors.Is(err, os.ErrNotExist) {
		parent := filepath.Dir(filepath.Clean(a.Cfg.DataDir))
		for parent != filepath.Dir(parent) {
			if _, err := os.Stat(parent); err == nil {
				break
			}
			parent = filepath.Dir(parent)
		}
		f.what += " (made when first needed)"
		if err := writable(parent); err != nil {
			f.mend = fmt.Sprintf("%s cannot be written to: make the folder, and give it to the user that runs Jinwen", parent)
		}
		return f
	}
	if err != nil || !info.IsDir() {
		f.what += ": not a folder"
		f.mend = "set data_dir (JINWEN_DATA_DIR) to a folder"
		return f
	}
	if err := writable(a.Cfg.DataDir); err != nil {
		f.what += ": cannot be written to"
		f.mend = fmt.Sprintf("chown it to the user that runs Jinwen: chown -R %d %s", os.Getuid(), a.Cfg.DataDir)
		return f
	}
	var open []string
	filepath.WalkDir(a.Cfg.DataDir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if info, err := d.Info(); err == nil && info.Mode().Perm()&0o077 != 0 && len(open) < 3 {
			open = append(open, path)
		}
		return nil
	})
	if len(open) > 0 {
		f.what += ": others can read " + strings.Join(open, ", ")
		f.mend = "take their rights away: chmod -R go= " + a.Cfg.DataDir
		f.warn = true
	}
	return f
}

// checkWatch looks whether reports can be taken out of the watched folder. The
// bot makes one that is not there, but then nobody knows of it.
func checkWatch(dir string) finding {
	f := finding{name: "watch_dir", what: dir}
	own := fmt.Sprintf("give it to the user that runs Jinwen: chown -R %d %s", os.Getuid(), dir)
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, os.ErrNotExist):
		f.what += ": does not exist"
		f.mend = "make it (mkdir -p " + dir + "), or correct watch_dir (JINWEN_WATCH_DIR)"
		return f
	case err != nil:
		f.what, f.mend = base.OneLine(err), "set watch_dir (JINWEN_WATCH_DIR) to a folder that Jinwen can reach"
		return f
	case !info.IsDir():
		f.what += ": not a folder"
		f.mend = "set watch_dir (JINWEN_WATCH_DIR) to a folder"
		return f
	}
	if _, err := os.ReadDir(dir); err != nil {
		f.what += ": cannot be read"
		f.mend = own
	} else if err := writable(dir); err != nil { // what was taken is moved into folders in it
		f.what += ": cannot be written to"
		f.mend = own
	}
	return f
}

func writable(dir string) error {
	t, err := os.CreateTemp(dir, ".jinwen-check-*")
	if err != nil {
		return err
	}
	t.Close()
	return os.Remove(t.Name())
}

// minFree is the room that a year of questions and all kept versions may take.
const minFree = 200 << 20

func checkDisk(a *base.App) finding {
	f := finding{name: "disk"}
	dir := a.Cfg.DataDir
	for {
		if _, err := os.Stat(dir); err == nil || dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	free, err := freeSpace(dir)
	if err != nil {
		f.what, f.mend, f.warn = base.OneLine(err), "look for yourself whether there is room", true
		return f
	}
	f.what = fmt.Sprintf("%d MB free", free>>20)
	if free < minFree {
		f.mend = fmt.Sprintf("make room: less than %d MB is left for versions and questions", minFree>>20)
	}
	return f
}
