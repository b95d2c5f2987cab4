package input

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestLineReader(t *testing.T) {
	type line struct {
		text string
		off  int
	}
	tests := []struct {
		name, reason, in string
		want             []line
	}{
		{"empty", "no data, no line", "", nil},
		{"one line", "the line feed goes", "a\n", []line{{"a", 0}}},
		{"no line feed at the end", "the rest is a line", "a\nb", []line{{"a", 0}, {"b", 2}}},
		{"blank lines", "they count", "\n\na\n\n", []line{{"", 0}, {"", 1}, {"a", 2}, {"", 4}}},
		{"CRLF", "one carriage return goes with the line feed", "a\r\n\r\nb\r\r\n", []line{{"a", 0}, {"", 3}, {"b\r", 5}}},
		{"carriage returns elsewhere", "only before a line feed", "\ra\rb\r", []line{{"\ra\rb\r", 0}}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []line
			for r := NewLineReader([]byte(tt.in)); ; {
				text, off, ok := r.Next()
				if !ok {
					require.Nil(t, text)
					break
				}
				got = append(got, line{string(text), off})
			}
			require.Equal(t, tt.want, got, tt.reason)
		})
	}
}

func TestLinesDoNotRunIntoEachOther(t *testing.T) {
	data := []byte("a\nb\n")
	r := NewLineReader(data)
	line, _, _ := r.Next()
	_ = append(line, "xyz"...)
	require.Equal(t, "a\nb\n", string(data))
}

func TestLineReaderAllocatesNothing(t *testing.T) {
	data := []byte("a\nb\r\nc")
	require.Zero(t, testing.AllocsPerRun(10, func() {
		r := NewLineReader(data)
		for {
			if _, _, ok := r.Next(); !ok {
				return
			}
		}
	}))
}
