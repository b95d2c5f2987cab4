package modules

import (
	"encoding/base64"
	"strings"

	"github.com/dop251/goja"
)

// btoa is the base64 of a text of bytes. Source: HTML Standard, section 8.3.
func (l *Library) btoa() goja.Value {
	return l.function("btoa", 1, func(call goja.FunctionCall) goja.Value {
		l.needArgs(call, "input")
		s := l.stringOf(call.Argument(0))
		data := make([]byte, s.Length())
		for i := range data {
			c := s.CharAt(i)
			if c > 0xff {
				panic(l.domException("InvalidCharacterError", "Invalid character"))
			}
			data[i] = byte(c)
		}
		return l.vm.ToValue(base64.StdEncoding.EncodeToString(data))
	})
}

// atob is the inverse of btoa. It ignores blanks and takes text with or without padding.
// Source: Infra Standard, section 7, forgiving-base64 decode.
func (l *Library) atob() goja.Value {
	return l.function("atob", 1, func(call goja.FunctionCall) goja.Value {
		l.needArgs(call, "input")
		data, failure := forgivingDecode(l.text(call.Argument(0)))
		if failure != "" {
			panic(l.domException("InvalidCharacterError", failure))
		}
		units := make([]uint16, len(data))
		for i, c := range data {
			units[i] = uint16(c)
		}
		return goja.StringFromUTF16(units)
	})
}

const badLength = "The string to be decoded is not correctly encoded."

func forgivingDecode(s string) (data []byte, failure string) {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n', '\f', '\r', ' ':
			return -1
		}
		return r
	}, s)
	if len(s)%4 == 0 {
		s = strings.TrimSuffix(strings.TrimSuffix(s, "="), "=")
	}
	for i := range len(s) {
		c := s[i] | 0x20
		if !(c >= 'a' && c <= 'z' && s[i] >= 'A' || s[i] >= '0' && s[i] <= '9' || s[i] == '+' || s[i] == '/') {
			return nil, "Invalid character"
		}
	}
	if len(s)%4 == 1 {
		return nil, badLength
	}
	data, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil, badLength
	}
	return data, ""
}
