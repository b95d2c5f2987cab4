package sdk

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Settings reads a plugin's configuration in SetupPlugin, once, and notes what is wrong with it:
//
//	s := meta.Settings()
//	p.mode = s.Choice("mode", "drop", "keep")
//	p.names = s.List("properties")
//	if len(p.names) == 0 {
//		s.Fail("properties", "got nothing, want at least one name")
//	}
//	return s.Err()
//
// A setting comes as text from a command line and as any JSON value from a file, so a method
// reads both: "5" and 5, "yes" and true, "a, b" and ["a","b"]. A missing key and null are the
// default, a value that cannot be read is the default as well and an error that names the key.
// A Settings belongs to one goroutine.
type Settings struct {
	config *Object
	errs   settingsError
}

// Settings returns a reader of m.Config.
func (m *PluginMeta) Settings() *Settings { return &Settings{config: m.Config} }

// Err returns what is wrong with the settings that were read, in that order: one line, and each
// problem under Unwrap() []error. nil if nothing is.
func (s *Settings) Err() error {
	if len(s.errs) == 0 {
		return nil
	}
	return s.errs
}

// Fail notes an error about a key; its message is "key: " and the formatted text. Values of
// secrets do not belong there.
func (s *Settings) Fail(key, format string, args ...any) {
	s.errs = append(s.errs, fmt.Errorf("%s: "+format, append([]any{key}, args...)...))
}

// Text reads a text; a number or a truth value gives the text it is written as.
func (s *Settings) Text(key, def string) string {
	text, ok := s.scalar(key)
	if !ok {
		return def
	}
	return text
}

// Choice reads one of the choices, the first of which is the default; so is an empty text.
func (s *Settings) Choice(key string, choices ...string) string {
	text, ok := s.scalar(key)
	if !ok || text == "" {
		return choices[0]
	}
	if slices.Contains(choices, text) {
		return text
	}
	s.Fail(key, "got %q, want %s", text, alternatives(choices))
	return choices[0]
}

// Bool reads yes or no, also as true and false, 1 and 0, on and off; an empty text is def.
func (s *Settings) Bool(key string, def bool) bool {
	text, ok := s.scalar(key)
	switch strings.ToLower(text) {
	case "yes", "true", "1", "on":
		return true
	case "no", "false", "0", "off":
		return false
	}
	if ok && text != "" {
		s.Fail(key, "got %q, want yes or no", text)
	}
	return def
}

// Number reads a number from low to high; an empty text is def.
func (s *Settings) Number(key string, def, low, high float64) float64 {
	text, ok := s.scalar(key)
	if !ok || text == "" {
		return def
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || !(n >= low && n <= high) {
		s.Fail(key, "got %q, want a number from %v to %v", text, low, high)
		return def
	}
	return n
}

// List reads texts: an array of them, or one text with commas between them. White space around a
// text goes, and so do empty ones. nil if there are none.
func (s *Settings) List(key string) []string {
	v := s.config.Get(key)
	if array, ok := v.Array(); ok {
		return s.elements(key, array)
	}
	text, _ := s.scalar(key)
	var list []string
	for _, part := range strings.Split(text, ",") {
		if part = strings.TrimSpace(part); part != "" {
			list = append(list, part)
		}
	}
	return list
}

// ListOf is List for texts that must be among choices.
func (s *Settings) ListOf(key string, choices ...string) []string {
	var list []string
	for _, text := range s.List(key) {
		if !slices.Contains(choices, text) {
			s.Fail(key, "got %q, want %s", text, alternatives(choices))
			continue
		}
		list = append(list, text)
	}
	return list
}

// Regexp reads a regular expression; nil if the text is empty.
func (s *Settings) Regexp(key string) *regexp.Regexp {
	text, _ := s.scalar(key)
	if text == "" {
		return nil
	}
	re, err := regexp.Compile(text)
	if err != nil {
		s.Fail(key, "%w", err)
		return nil
	}
	return re
}

// Object reads a JSON object, or a text that holds one; empty if there is none.
func (s *Settings) Object(key string) *Object {
	v := s.config.Get(key)
	if o, ok := v.Object(); ok {
		return o
	}
	text, _ := s.scalar(key)
	if strings.TrimSpace(text) == "" {
		return NewObject()
	}
	o, err := ParseObject([]byte(text))
	if err != nil {
		s.Fail(key, "got no JSON object: %w", err)
		return NewObject()
	}
	return o
}

// scalar is the text of a setting; false if there is none.
func (s *Settings) scalar(key string) (string, bool) {
	v := s.config.Get(key)
	switch v.Kind() {
	case KindMissing, KindNull:
		return "", false
	case KindString:
		return v.StrOr(""), true
	case KindNumber, KindBool:
		return v.String(), true
	}
	s.Fail(key, "got %s, want a text", v.Kind())
	return "", false
}

func (s *Settings) elements(key string, array *Array) []string {
	var list []string
	array.Each(func(i int, v Value) bool {
		text, ok := v.Str()
		if !ok {
			s.Fail(key, "element %d: got %s, want a text", i, v.Kind())
		}
		if text = strings.TrimSpace(text); text != "" {
			list = append(list, text)
		}
		return true
	})
	return list
}

// alternatives is "a, b or c".
func alternatives(choices []string) string {
	n := len(choices) - 1
	if n == 0 {
		return choices[0]
	}
	return strings.Join(choices[:n], ", ") + " or " + choices[n]
}

// settingsError is everything that is wrong with the settings, on one line.
type settingsError []error

func (e settingsError) Error() string {
	var b strings.Builder
	for i, err := range e {
		if i > 0 {
			b.WriteString("; ")
		}
		b.WriteString(err.Error())
	}
	return b.String()
}

func (e settingsError) Unwrap() []error { return e }
