package manifest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
)

// valueEncoder makes JSON of Go and YAML values.
type valueEncoder struct {
	anchors map[string]ast.Node
	depth   int
	count   int
}

// maxValues bounds the values in one call: aliases of aliases grow without end.
const maxValues = 1 << 20

func (e *valueEncoder) append(b []byte, value any) ([]byte, error) {
	if e.depth == MaxDepth {
		return nil, fmt.Errorf("got more than %d levels of nesting", MaxDepth)
	}
	if e.count++; e.count > maxValues {
		return nil, fmt.Errorf("got more than %d values", maxValues)
	}
	e.depth++
	defer func() { e.depth-- }()
	switch v := value.(type) {
	case ast.Node:
		return e.node(b, v)
	case yaml.MapSlice:
		return e.mapSlice(b, v)
	case map[string]any:
		return e.sortedMap(b, v)
	case []any:
		return e.list(b, v)
	case float64:
		return e.float(b, v)
	case float32:
		return e.float(b, float64(v))
	}
	return e.plain(b, value)
}

// plain leaves a value to encoding/json and keeps its text out of the error.
func (e *valueEncoder) plain(b []byte, value any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(value); err != nil {
		return nil, fmt.Errorf("got %T, want a value with a JSON form", value)
	}
	return append(b, bytes.TrimSuffix(buf.Bytes(), []byte{'\n'})...), nil
}

func (e *valueEncoder) float(b []byte, f float64) ([]byte, error) {
	if math.IsInf(f, 0) || math.IsNaN(f) {
		return nil, errors.New("got an infinity or NaN, want a number that JSON knows")
	}
	return e.plain(b, f)
}

func (e *valueEncoder) list(b []byte, values []any) ([]byte, error) {
	var err error
	b = append(b, '[')
	for i, v := range values {
		if b, err = e.append(comma(b, i), v); err != nil {
			return nil, err
		}
	}
	return append(b, ']'), nil
}

func (e *valueEncoder) member(w *objectWriter, name string, value any) error {
	text, err := e.append(nil, value)
	if err != nil {
		return fmt.Errorf("%s: %w", quote(name), err)
	}
	w.raw(name, text)
	return nil
}

func (e *valueEncoder) mapSlice(b []byte, items yaml.MapSlice) ([]byte, error) {
	var w objectWriter
	for _, item := range items {
		if err := e.member(&w, keyText(item.Key), item.Value); err != nil {
			return nil, err
		}
	}
	return append(b, w.done()...), nil
}

func (e *valueEncoder) sortedMap(b []byte, values map[string]any) ([]byte, error) {
	var w objectWriter
	for _, name := range slices.Sorted(maps.Keys(values)) {
		if err := e.member(&w, name, values[name]); err != nil {
			return nil, err
		}
	}
	return append(b, w.done()...), nil
}

// keyText spells a decoded YAML key as a member name: 1, true and null are keys there.
func keyText(key any) string {
	if key == nil {
		return "null"
	}
	return fmt.Sprint(key)
}
