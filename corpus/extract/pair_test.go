package extract

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"jinwen/corpus"
)

// What the report that ships gives twice; read against its text.
func TestPairsEmbedded(t *testing.T) {
	r, err := Embedded()
	if err != nil {
		t.Fatal(err)
	}
	got := make(map[string]string)
	for _, p := range r.Pairs {
		a, b := r.Figures[p.Actual], r.Figures[p.Target]
		if a.Nature != corpus.Actual || b.Nature != corpus.Target || a.Unit != b.Unit {
			t.Errorf("pair of %+v and %+v", a, b)
		}
		got[a.Value] = b.Value
	}
	want := map[string]string{
		"4.3%": "4.5%左右", "7%": "6%", "35.69万人": "35万人", "5.4%": "5.5%左右", "0.4%": "3%左右",
		"2218万标准箱": "2300万标准箱", "1900亿元": "2000亿元", "12条": "12条", "14个": "7个",
		"637公里": "623公里", "136公里": "150公里", "135.9公里": "30公里", "56个": "50个",
		"57.7亿美元": "50亿美元", "32万亩": "50万亩以上", "30个": "40个", "20项": "20项",
		"3.97万人": "3万人", "2.85万个": "2万个",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Pairs (-want +got):\n%s", d)
	}
}
