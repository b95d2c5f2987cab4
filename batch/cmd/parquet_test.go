package cmd

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"strconv"

	"github.com/parquet-go/parquet-go"
	"github.com/rogpeppe/go-internal/testscript"
)

// parquetFile is the command `parquet FILE LINES [N]`: it writes the JSON objects in LINES to FILE as another
// program would, with N rows in a row group; 0 writes the columns and no rows. Columns are the members of all of them in the order of their
// names, of the type of the first value that is not null.
func parquetFile(ts *testscript.TestScript, _ bool, args []string) {
	perGroup := 1 << 20
	if len(args) > 2 {
		n, err := strconv.Atoi(args[2])
		ts.Check(err)
		perGroup = n
	}
	var rows []map[string]any
	d := json.NewDecoder(bytes.NewReader([]byte(ts.ReadFile(args[1]))))
	for d.More() {
		var row map[string]any
		ts.Check(d.Decode(&row))
		rows = append(rows, row)
	}
	var file bytes.Buffer
	w := parquet.NewGenericWriter[any](&file, parquet.NewSchema("rows", nodeOf(rows)), parquet.MaxRowsPerRowGroup(max(1, int64(perGroup))))
	if perGroup == 0 {
		rows = nil
	}
	for _, row := range rows {
		_, err := w.Write([]any{row})
		ts.Check(err)
	}
	ts.Check(w.Close())
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), file.Bytes(), 0o644))
}

// nodeOf is a group with a column for every member of the rows.
func nodeOf(rows []map[string]any) parquet.Group {
	group := parquet.Group{}
	for _, row := range rows {
		for name, v := range row {
			if _, known := group[name]; !known || v != nil {
				group[name] = parquet.Optional(columnOf(v))
			}
		}
	}
	return group
}

func columnOf(v any) parquet.Node {
	switch v := v.(type) {
	case map[string]any:
		return nodeOf([]map[string]any{v})
	case float64:
		return parquet.Leaf(parquet.DoubleType)
	case bool:
		return parquet.Leaf(parquet.BooleanType)
	}
	return parquet.String()
}

// wide is the command `wide FILE N`: a line with an event that has N members.
func wide(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	row := map[string]any{"event": "wide"}
	for i := range n - 1 {
		row[fmt.Sprintf("c%04d", i)] = strconv.Itoa(i)
	}
	line, err := json.Marshal(row)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), append(line, '\n'), 0o644))
}

// flip is the command `flip FILE N`: it flips a bit of the byte N from the start, or from the end if N is
// negative.
func flip(ts *testscript.TestScript, _ bool, args []string) {
	at, err := strconv.Atoi(args[1])
	ts.Check(err)
	data := []byte(ts.ReadFile(args[0]))
	if at < 0 {
		at += len(data)
	}
	data[at] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}
