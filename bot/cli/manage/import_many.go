package manage

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"jinwen/bot/cli/base"
	"jinwen/corpus/extract"
	"jinwen/corpus/version"
	"jinwen/corpus/zh"
	"jinwen/handlers/admin"
)

// Many reports come in together: `import DIR`, or more than one FILE. Each is
// kept as a version of its year and place and serves if it is the first of
// that report; --activate lets it take the place of another. They are written
// a few at a time: a crash leaves each of them whole or absent, and the same
// command again goes on where it ended. What cannot be read is named, and the
// rest goes on.

// batch is how many reports are written together: each write is a sync of the
// disk, and what is not written yet is lost in a crash.
const batch = 16

// A source is a file that may be a report, or why it is none.
type source struct {
	file string
	item version.Item
	err  error
}

// readable are the endings of files that may hold a report.
var readable = []string{".txt", ".md", ".docx", ".html", ".htm", ".pdf"}

// reportFiles returns the files that names mean: a folder stands for all in it, and
// in the folders below it, that may be reports. Hidden ones are none.
func reportFiles(names []string) ([]string, error) {
	var out []string
	for _, name := range names {
		info, err := os.Stat(name)
		if err != nil || !info.IsDir() {
			out = append(out, name) // reading it says what is wrong
			continue
		}
		var in []string
		err = filepath.WalkDir(name, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case strings.HasPrefix(d.Name(), ".") && path != name:
				if d.IsDir() {
					return filepath.SkipDir
				}
			case !d.IsDir() && slices.Contains(readable, strings.ToLower(filepath.Ext(path))):
				in = append(in, path)
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
		if len(in) == 0 {
			return nil, fmt.Errorf("%s: no file in it that may be a report: want %s", name, strings.Join(readable, " "))
		}
		slices.Sort(in)
		out = append(out, in...)
	}
	return out, nil
}

// importMany reads the files that c names.
func (c *Import) importMany(ctx context.Context, a *base.App) error {
	files, err := reportFiles(c.File)
	if err != nil {
		return err
	}
	s, err := a.Versions()
	if err != nil {
		return err
	}
	end, err := s.ImportTurn(ctx, func() {
		fmt.Fprintln(a.Err, "jinwen: another import is at work here: waiting for it")
	})
	if err != nil {
		return err
	}
	defer end()
	by := version.By{Who: shell(), When: a.Now()}
	n := tally{all: len(files)}
	for i := 0; i < len(files); i += batch {
		some := readSources(ctx, files[i:min(i+batch, len(files))], c.Year, c.Place)
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := n.join(a, s, some, c.Activate, by); err != nil {
			return err
		}
		if err := a.Out.Flush(); err != nil {
			return err
		}
	}
	return n.end(a)
}

// readSources parses files beside each other.
func readSources(ctx context.Context, files []string, year int, place string) []source {
	out := make([]source, len(files))
	next := make(chan int)
	done := make(chan struct{})
	workers := min(runtime.GOMAXPROCS(0), len(files))
	for range workers {
		go func() {
			defer func() { done <- struct{}{} }()
			for i := range next {
				out[i] = readSource(files[i], year, place)
			}
		}()
	}
	for i := range files {
		if ctx.Err() == nil {
			next <- i
		}
	}
	close(next)
	for range workers {
		<-done
	}
	return out
}

// readSource parses a file. The year and place are what the command says, else
// what the text says, else what the file's name says.
func readSource(file string, year int, place string) source {
	out := source{file: file}
	data, err := base.ReadFile(file)
	if err != nil {
		out.err = err
		return out
	}
	r, err := extract.Parse(file, data)
	if err != nil {
		out.err = err
		return out
	}
	if err := admin.Acceptable(r); err != nil {
		out.err = fmt.Errorf("%s: %w", file, err)
		return out
	}
	fromYear, fromPlace := nameTells(filepath.Base(file))
	out.item = version.Item{Name: filepath.Base(file), AsYear: year, AsPlace: place}
	if r.Year == 0 && year == 0 {
		out.item.AsYear = fromYear
	}
	if r.Place == "" && place == "" {
		out.item.AsPlace = fromPlace
	}
	if out.item.AsYear != 0 || out.item.AsPlace != "" {
		r = extract.ParseTextAs(r.Text, out.item.AsYear, out.item.AsPlace)
	}
	switch {
	case r.Year == 0:
		out.err = fmt.Errorf("%s: which year it plans is not known: name it with --year", file)
	case r.Place == "":
		out.err = fmt.Errorf("%s: which place it is of is not known: name it with --place", file)
	}
	out.item.Report = r
	return out
}

var (
	fileYear  = regexp.MustCompile(`(?:19|20)[0-9]{2}`)
	filePlace = regexp.MustCompile(`(?:年|^)(\p{Han}{2,9}?)(?:人民)?(?:政府工作报告|(?:19|20)[0-9]{2})`)
)

// nameTells returns the year and the place in the name of a file: 2026年云南省政府工作报告.txt.
func nameTells(name string) (year int, place string) {
	year, _ = strconv.Atoi(fileYear.FindString(name))
	if m := filePlace.FindStringSubmatch(name); m != nil && !strings.HasSuffix(m[1], "报告") {
		place = m[1]
	}
	return year, place
}

// A tally counts what became of many files.
type tally struct {
	all, done                            int
	joined, unchanged, waiting, unusable int
}

// join brings what could be read of some into the library, and says what
// became of each.
func (n *tally) join(a *base.App, s *version.Store, some []source, activate bool, by version.By) error {
	var items []version.Item
	for _, x := range some {
		if x.err == nil {
			items = append(items, x.item)
		}
	}
	joined, err := s.Join(items, activate, by)
	if errors.Is(err, version.ErrFull) {
		return fmt.Errorf("%w: %d of %d files were done before and are whole; make room and run the same again, it goes on where it ended", err, n.done, n.all)
	}
	if err != nil {
		return err
	}
	for _, x := range some {
		n.done++
		if x.err != nil {
			n.unusable++
			fmt.Fprintf(a.Err, "jinwen: not imported: %s\n", base.OneLine(x.err))
			continue
		}
		j := joined[0]
		joined = joined[1:]
		state := ""
		switch v := j.Version; {
		case j.Joined:
			n.joined++
			state = "serves now"
		case j.Serving != "":
			n.waiting++
			state = "kept; " + j.Serving + " serves (activate it with jinwen activate " + v.ID + ")"
		default:
			n.unchanged++
			state = "served before: nothing changed"
		}
		fmt.Fprintf(a.Out, "[%d/%d] %s  %s  %s  %s\n", n.done, n.all, j.Version.Report, j.Version.ID, zh.Clip(x.item.Name, 40), state)
		base.PrintDoubts(a.Out, x.item.Report, base.MaxDoubts)
	}
	return nil
}

// end sums up. The error, errQuiet, says that some file was not imported.
func (n *tally) end(a *base.App) error {
	fmt.Fprintf(a.Out, "%d of %d files: %d serve now, %d served before, %d wait for a decision, %d could not be used.\n",
		n.all, n.all, n.joined, n.unchanged, n.waiting, n.unusable)
	if n.unusable > 0 {
		return base.ErrQuiet
	}
	return nil
}
