package cli

import (
	"flag"
	"syscall"
	"testing"
	"time"

	"jinwen/bot/bottest"
	"jinwen/handlers/store/pgtest"
)

var (
	pushed   = flag.Duration("pushed", 0, "how long TestReplicasBusy has messages pushed; 0 skips it")
	pushRate = flag.Int("pushrate", 200, "how many messages a second")
)

// Telegram pushes very many messages a second to three machines by turns, those
// of each person fast enough that some wait in line. One machine is killed
// meanwhile, one stopped for a while, the database restarted. A chat's order is
// kept, and nothing is lost:
//
//	go test ./bot/cli -run ReplicasBusy -pushed 30s -v
func TestReplicasBusy(t *testing.T) {
	if *pushed == 0 {
		t.Skip("needs -pushed=30s")
	}
	pg := pgtest.New(t)
	s := bottest.NewServer(t)
	state := pg.URL()
	hooks := []string{freeAddress(t), freeAddress(t), freeAddress(t)}
	front := balance(t, hooks...)
	var all []*replica
	for _, hook := range hooks {
		all = append(all, newReplica(t, s, state, "JINWEN_WEBHOOK_URL="+front+"/hook", "JINWEN_WEBHOOK_SECRET=word", "JINWEN_WEBHOOK_LISTEN="+hook))
	}
	takePart(t, all...)
	w := newWriters(s, 40, time.Second/time.Duration(*pushRate))
	table := newTimetable(t, w)
	time.Sleep(*pushed)
	table.settled("nothing happened")
	all[0].kill()
	time.Sleep(time.Second)
	table.settled("one killed")
	all[0].start()
	takePart(t, all[0])
	all[1].cmd.Process.Signal(syscall.SIGSTOP)
	time.Sleep(time.Second)
	table.settled("one stopped for a while")
	all[1].cmd.Process.Signal(syscall.SIGCONT)
	time.Sleep(*pushed)
	table.settled("woken up late")
	all[2].kill()
	time.Sleep(3 * time.Second) // while its chats wait
	pg.Stop()
	time.Sleep(*away)
	all[2].start()
	pg.Start()
	time.Sleep(3 * time.Second)
	table.settled("database back")
	time.Sleep(*pushed)
	table.settled("a little later")
	sum := w.end(t, len(w.people), all...)
	t.Logf("%s\n%s", sum, table.text.String())
	took := w.asked.latencies(s.Requests("sendMessage"))
	at := func(q float64) time.Duration { return quantile(took, q).Round(time.Millisecond) }
	t.Logf("%d replies: p50 %v, p90 %v, p99 %v, the longest %v", len(took), at(.5), at(.9), at(.99), at(1))
	if left := pg.SQL(state, "SELECT count(*) FROM jinwen_queue"); left != "0" {
		t.Errorf("%s updates are still in the queue", left)
	}
}
