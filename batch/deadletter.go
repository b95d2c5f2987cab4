package batch

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"

	"github.com/plugreel/plugreel/sdk"
)

// DeadLetter is one line of Options.DeadLetters: a record that was not written, and why. The
// file of dead letters is an input like others: a replay of it replays the records.
type DeadLetter struct {
	Source string `json:"source"`           // name of the source
	Line   int64  `json:"line,omitempty"`   // 1-based
	Row    int64  `json:"row,omitempty"`    // instead of Line in Parquet, 1-based
	Item   int64  `json:"item,omitempty"`   // of the events that stand on the line, 1-based
	Offset int64  `json:"offset"`           // of the record in the decompressed source, or of its row group in Parquet
	Plugin string `json:"plugin,omitempty"` // that failed, if one did
	Hook   string `json:"hook,omitempty"`   // of it
	Error  string `json:"error"`
	UUID   string `json:"uuid,omitempty"`

	// Record is the record as it stands in the source. RecordBase64 has its bytes instead
	// where they are not one JSON object, or only the first MiB of them: then Truncated is
	// true. A damaged range has neither, but Bytes, its length as far as it could be decoded, or
	// Rows, how many they are as far as is known.
	Record       json.RawMessage `json:"record,omitempty"`
	RecordBase64 []byte          `json:"record_base64,omitempty"`
	Truncated    bool            `json:"truncated,omitempty"`
	Bytes        int64           `json:"bytes,omitempty"`
	Rows         int64           `json:"rows,omitempty"`
}

// maxDeadRecord is how much of a record a dead letter holds, in bytes.
const maxDeadRecord = 1 << 20

// deadLetter begins a dead letter.
func deadLetter(dst []byte, at place) lineWriter {
	w := lineWriter{buf: dst}
	w.text("source", at.source)
	if at.rows {
		w.number("row", at.line)
	} else {
		w.number("line", at.line)
	}
	if at.item > 0 {
		w.number("item", at.item)
	}
	w.number("offset", at.offset)
	return w
}

// appendFailed appends the dead letter of a record on which a hook failed.
func appendFailed(dst []byte, at place, f failure, message, uuid string, record []byte) []byte {
	w := deadLetter(dst, at)
	w.text("plugin", f.name)
	w.text("hook", f.hook)
	w.text("error", message)
	w.some("uuid", uuid)
	w.record(record, true)
	return w.end()
}

// appendUnread appends the dead letter of a record that is no JSON object.
func appendUnread(dst []byte, at place, message string, record []byte, length int64) []byte {
	w := deadLetter(dst, at)
	w.text("error", message)
	w.record(record, false)
	if length > int64(len(record)) && len(record) <= maxDeadRecord {
		w.raw("truncated", []byte("true"))
	}
	return w.end()
}

// appendDamage appends the dead letter of a range that could not be decoded.
func appendDamage(dst []byte, at place, message string, d *Damage) []byte {
	w := deadLetter(dst, at)
	w.text("error", message)
	if at.rows {
		w.number("rows", d.Rows)
	} else {
		w.number("bytes", d.Bytes)
	}
	return w.end()
}

// record writes a record, valid if it is known to be JSON.
func (w *lineWriter) record(record []byte, valid bool) {
	switch {
	case len(record) > maxDeadRecord:
		w.base64("record_base64", record[:maxDeadRecord])
		w.raw("truncated", []byte("true"))
	case valid || sdk.Validate(record) == nil:
		w.raw("record", bytes.TrimSpace(record))
	default:
		w.base64("record_base64", record)
	}
}

// deadPrefix begins every dead letter as we write them.
var deadPrefix = []byte(`{"source":"`)

var errNoRecord = errors.New("a dead letter that does not hold its record")

// unwrap replaces the record at hand, if it is a dead letter, by the record in it.
// Errors: errNoRecord.
func (p *progress) unwrap() error {
	record, err := unwrapped(p.record)
	if err == nil {
		p.record = record
	}
	return err
}

// unwrapped returns the record in a dead letter; what is no dead letter is the record itself.
// Errors: errNoRecord.
func unwrapped(line []byte) ([]byte, error) {
	if !bytes.HasPrefix(line, deadPrefix) {
		return line, nil
	}
	letter, err := sdk.NewEvent(line)
	if err != nil || letter.Has("event") || !letter.Has("error") || !letter.Has("offset") {
		return line, nil
	}
	if record := letter.Get("record"); record.Exists() {
		return record.Raw(), nil
	}
	text, ok := letter.Get("record_base64").Str()
	if !ok || letter.Has("truncated") {
		return nil, errNoRecord
	}
	record, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, errNoRecord
	}
	return record, nil
}
