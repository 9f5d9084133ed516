package view

// A Table is a list with its filter, ways to sort it, pages and files.
type Table struct {
	About    string
	Caption  string
	Inputs   []Input
	Clear    string // address without the filter; "" if there is none
	Action   string
	Keep     []Field // what the filter's form carries along
	Columns  []Column
	Rows     []Row
	Range    string // which rows of how many
	PrevURL  string
	NextURL  string
	XLSX     string
	CSV      string
	Chart    *Chart
	Note     string // in place of rows
	NoFilter bool
}

// An Input is a field of a filter.
type Input struct {
	Name, Label, Value string
	Options            []Option // of a choice; nil is a field to write in
}

// An Option is an entry of a choice.
type Option struct {
	Value, Name string
	Chosen      bool
}

// A Column is the head of a column.
type Column struct {
	Name string
	URL  string // sorts by it; "" cannot
	Sort string // aria-sort: "ascending", "descending" or ""
}

// A Row is a line of a table; its first cell is its head.
type Row struct {
	ID    string
	Cells []Cell
}

// A Cell is a cell of a table.
type Cell struct {
	Label string // the column's name, where columns are stacked
	Text  string
	URL   string
	Class string
	Zh    bool // words of the report
}
