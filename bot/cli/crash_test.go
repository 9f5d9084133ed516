package cli

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/bot/dispatch"
	"jinwen/handlers"
	"jinwen/handlers/chat"
)

var (
	kills       = flag.Int("kills", 4, "how often TestCrash kills the program")
	subscribers = flag.Int("subscribers", 200, "how many TestCrashBroadcast tells")

	killSeed = flag.Uint64("killseed", 1, "seed of the instants at which it does")
)

// perKill is how many messages TestCrash writes for each kill.
const perKill = 80

// TestCrash kills the program at random instants while people write, over and
// over, also while it starts and while more wait than Telegram shows at once:
//
//	go test ./bot/cli -run 'TestCrash$' -kills 25 -v
//
// Nothing is lost, a chat's order is kept, and no more than one reply a kill is
// doubled on average, none a third time. A reply is doubled if Telegram had
// accepted it and the process was killed before it knew.
func TestCrash(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program")
	}
	s := bottest.NewServer(t)
	p := newProgram(t, s)
	rnd := rand.New(rand.NewPCG(*killSeed, 18))
	var people []bottest.User
	for range 40 {
		people = append(people, s.User("x", "zh-hans"))
	}
	asked := []string{"口袋公园", "今年GDP目标是多少", "燃气管网改造多少公里", "地铁", "/figures", "教育 量化任务"}
	order := make(map[int64][]int64) // by person, messages as they were written
	write := func(n int) {
		for range n {
			u := people[rnd.IntN(len(people))]
			m := s.Text(u.Private(), u, asked[rnd.IntN(len(asked))])
			order[u.ID] = append(order[u.ID], m.ID)
		}
	}
	s.Inject("sendMessage", func(bottest.Request) *bottest.Fault { // some chats have to wait
		if rand.IntN(100) == 0 {
			return &bottest.Fault{Error: &bottest.Error{Code: 429, Description: "Too Many Requests: retry after 1", RetryAfter: 1}}
		}
		return nil
	})
	var table strings.Builder
	fmt.Fprintf(&table, "%5s %9s %8s %9s %8s\n", "kill", "after ms", "written", "answered", "doubled")
	doubled, before := 0, 0
	for i := range *kills {
		write(perKill / 2)
		p.start()
		life := time.Duration(rnd.IntN(3000)) * time.Millisecond
		end := time.After(life)
		for n := range perKill / 2 {
			select {
			case <-time.After(time.Duration(rnd.Int64N(2*int64(life)/(perKill/2) + 1))):
				write(1)
				continue
			case <-end:
			}
			write(perKill/2 - n)
			end = nil
			break
		}
		if end != nil {
			<-end
		}
		p.kill()
		answered, twice, _ := copies(s, people)
		fmt.Fprintf(&table, "%5d %9d %8d %9d %8d\n", i+1, life.Milliseconds(), (i+1)*perKill, answered, twice-before)
		doubled, before = twice, twice
	}
	s.Inject("sendMessage", nil)
	p.start()
	s.Drained()
	s.Until("what was kept to be answered", func() bool { n, _, _ := copies(s, people); return n >= *kills*perKill })
	p.stop()
	answered, twice, most := copies(s, people)
	fmt.Fprintf(&table, "%5s %9s %8d %9d %8d\n", "end", "", *kills*perKill, answered, twice-doubled)
	t.Logf("%d doubled in %d kills\n%s", twice, *kills, table.String())

	got := replies(s, people)
	for _, u := range people {
		for _, q := range order[u.ID] {
			if got[q] == 0 {
				t.Errorf("message %d is not answered", q)
			}
		}
		var first []int64
		for _, m := range s.Said(u.Private()) {
			if m.ReplyTo != 0 && !slices.Contains(first, m.ReplyTo) {
				first = append(first, m.ReplyTo)
			}
		}
		if !slices.Equal(first, order[u.ID]) {
			t.Errorf("chat %d: answered in the order %v, written as %v", u.ID, first, order[u.ID])
		}
	}
	if twice > *kills {
		t.Errorf("%d replies doubled in %d kills", twice, *kills)
	}
	if most > 2 {
		t.Errorf("a reply came %d times", most)
	}
	if left, err := dispatch.OpenDeadLetters(p.dir+"/data/dead-letters", nil).List(); err != nil || len(left) > 0 {
		t.Errorf("set aside: %+v, %v", left, err)
	}
	state := p.state()
	defer state.Close()
	if kept, err := state.Kept(); err != nil || len(kept) > 0 {
		t.Errorf("%d updates are still kept, %v", len(kept), err)
	}
}

// copies returns how many messages are answered, how many replies there are
// beyond one each, and how often the one came that came most.
func copies(s *bottest.Server, people []bottest.User) (answered, surplus, most int) {
	for _, n := range replies(s, people) {
		answered++
		surplus += n - 1
		most = max(most, n)
	}
	return answered, surplus, most
}

// TestCrashBroadcast kills the program three times while it tells subscribers
// that another text is active: each is told, and none twice but the one whose
// message was on its way at a kill.
//
//	go test ./bot/cli -run CrashBroadcast -subscribers 10000 -timeout 20m -v
func TestCrashBroadcast(t *testing.T) {
	if testing.Short() {
		t.Skip("kills the program")
	}
	report, err := filepath.Abs("testdata/qingxi.txt")
	if err != nil {
		t.Fatal(err)
	}
	s := bottest.NewServer(t)
	p := newProgram(t, s)
	p.start() // before there was anything to tell
	ann := s.User("Ann", "zh-hans")
	s.Text(ann.Private(), ann, "地铁")
	s.Drained()
	p.stop()
	var people []bottest.User
	var wg sync.WaitGroup
	state := p.state()
	for range *subscribers {
		u := s.User("x", "zh-hans")
		people = append(people, u)
		wg.Go(func() {
			if err := state.Subscribe(handlers.Subscription{Chat: chat.Chat{ID: fmt.Sprint("telegram:", u.ID)}}); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	state.Close()
	if out, err := p.command("import", report, "--activate").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	began := time.Now()
	const stops = 3
	before := s.Total()
	for i := range stops {
		p.start()
		goal := before + (i+1)**subscribers/(stops+1)
		s.Until("some to be told", func() bool { return s.Total() >= goal })
		p.kill()
	}
	p.start()
	count := func() (told, twice, most int) {
		for _, u := range people {
			n := len(s.Said(u.Private()))
			if n > 0 {
				told++
			}
			twice += max(0, n-1)
			most = max(most, n)
		}
		return told, twice, most
	}
	s.Until("all to be told", func() bool {
		if s.Total() < before+*subscribers {
			return false
		}
		told, _, _ := count()
		return told == *subscribers
	})
	s.Text(ann.Private(), ann, "地铁") // the bot answers all the same
	s.Drained()
	p.stop()
	told, twice, most := count()
	t.Logf("%d of %d told, %d twice, over %d kills in %v", told, *subscribers, twice, stops, time.Since(began).Round(time.Second))
	if told != *subscribers || twice > stops || most > 2 {
		t.Errorf("%d of %d told, %d twice, one %d times", told, *subscribers, twice, most)
	}
}
