// Package deploy holds what a city needs to run Jinwen: a systemd unit, a compose
// file, rules for Prometheus and a dashboard for Grafana. Its tests hold what
// they promise.
package deploy

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

func read(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// The images are named by exact tags, and the program in them is not root.
func TestImage(t *testing.T) {
	file := read(t, "../../Dockerfile")
	exact := regexp.MustCompile(`^[a-z]+:\d+\.\d+(\.\d+)?-[a-z]+( AS [a-z]+)?$`)
	froms := regexp.MustCompile(`(?m)^FROM (.*)$`).FindAllStringSubmatch(file, -1)
	if len(froms) != 2 {
		t.Errorf("%d images, want one to build in and one to run in", len(froms))
	}
	for _, f := range froms {
		if !exact.MatchString(f[1]) {
			t.Errorf("image %q has no exact tag", f[1])
		}
	}
	user := strings.LastIndex(file, "\nUSER jinwen\n")
	if user < 0 || strings.Contains(file[user+1:], "\nUSER ") {
		t.Error("the image does not end as the user jinwen")
	}
	if user > strings.Index(file, "\nENTRYPOINT ") {
		t.Error("the program is started as root")
	}
	for _, want := range []string{"read_only: true", "cap_drop: [ALL]", "no-new-privileges:true", "mem_limit:"} {
		if !strings.Contains(read(t, "compose.yaml"), want) {
			t.Errorf("compose.yaml has no %s", want)
		}
	}
}

// The unit is shut in, watched, and given time to finish what is in hand.
func TestUnit(t *testing.T) {
	unit := read(t, "jinwen.service")
	for _, want := range []string{"Type=notify", "WatchdogSec=", "Restart=on-failure", "TimeoutStopSec=", "User=jinwen", "NoNewPrivileges=yes",
		"CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes", "PrivateTmp=yes", "PrivateDevices=yes", "ProtectKernelTunables=yes",
		"RestrictAddressFamilies=", "RestrictNamespaces=yes", "LockPersonality=yes", "SystemCallFilter=@system-service", "UMask=0077", "MemoryMax="} {
		if !strings.Contains(unit, "\n"+want) {
			t.Errorf("the unit has no %s", want)
		}
	}
}
