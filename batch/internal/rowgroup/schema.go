package rowgroup

import (
	"slices"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// Schema is what the footer says of a file.
type Schema struct {
	Rows         int64
	Groups       int
	Columns      []Column // of the first level
	Compressions []string // of all pages, sorted: "UNCOMPRESSED", "ZSTD" and so on, as the format has them
	CreatedBy    string   // the program that wrote the file; "" if the file does not say
	Native       bool     // rows may have members without a column; see the package's documentation
}

// Column is a column of the first level.
type Column struct {
	Name string
	Type string // as the format writes it, such as STRING, INT64 or TIMESTAMP(isAdjustedToUTC=true,unit=MICROS); LIST, MAP or GROUP
}

// Schema describes the file. Nothing is read for it.
func (f *File) Schema() *Schema {
	s := &Schema{Rows: f.meta.NumRows, Groups: f.Groups(), CreatedBy: f.meta.CreatedBy, Native: f.native}
	for _, c := range f.root.Columns() {
		s.Columns = append(s.Columns, Column{Name: c.Name(), Type: typeText(c)})
	}
	for i := range f.meta.RowGroups {
		for _, c := range f.meta.RowGroups[i].Columns {
			if name := c.MetaData.Codec.String(); !slices.Contains(s.Compressions, name) {
				s.Compressions = append(s.Compressions, name)
			}
		}
	}
	slices.Sort(s.Compressions)
	return s
}

// typeText names the type of a column.
func typeText(c *parquet.Column) string {
	if c.Repeated() {
		return "LIST"
	}
	if c.Leaf() {
		return c.Type().String()
	}
	if t := c.Type().LogicalType(); t != nil {
		switch t := t.Value.(type) {
		case *format.ListType:
			return t.String()
		case *format.MapType:
			return t.String()
		}
	}
	return "GROUP"
}
