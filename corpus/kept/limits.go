package kept

// limits are the numbers that decide what became of a target.
type limits struct {
	// How alike the names of a target and of a result are at least (package
	// similar) to mean the same where neither the table of indicators nor the
	// stricter matching of names says so.
	SameNumber float64 // the number is the same too: 12个乡村旅游示范片区, 12个重点片区
	SameRare   float64 // the number is the same and rare: 800个经济薄弱村
	SameHead   float64 // the names end alike: 义务教育学校学位, 义务教育学位
	SameStock  float64 // they end alike in a long word, and both say what there is by now
	Known      float64 // the table of indicators has one of them and not the other: 城镇新增就业 is no 新增就地就业

	Telling float64 // numbers below this are the same by chance
	Rare    float64 // numbers from this on hardly ever are
	Head    int     // characters in which names end alike
	Stock   int     // the same for a long word
	Name    int     // characters that two texts share which name the same thing: 天开九安海河海棠. Shorter runs are ordinary words
	Stretch int     // characters between a target and what is striven for beyond it
	Slight  float64 // share of a target with 左右 by which it may be missed and still be near: 4.8% of 5%左右, and not 4.4%
}

// bounds are the ones in use.
var bounds = limits{
	SameNumber: 0.5,
	SameRare:   0.45,
	SameHead:   0.6,
	SameStock:  0.45,
	Known:      0.7,

	Telling: 10,
	Rare:    100,
	Head:    2,
	Stock:   4,
	Name:    8,
	Stretch: 30,
	Slight:  0.1,
}
