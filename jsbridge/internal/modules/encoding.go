package modules

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/dop251/goja"

	"github.com/plugreel/plugreel/jsbridge/internal/modules/weburl"
)

// textEncoder makes the class TextEncoder. Source: Encoding Standard, section 7.4.
func (l *Library) textEncoder() goja.Value {
	c := l.newClass("TextEncoder", 0, func([]goja.Value) any { return encoder{} })
	getter(c, "encoding", func(encoder) goja.Value { return l.vm.ToValue("utf-8") })
	method(c, "encode", 0, func(_ encoder, call goja.FunctionCall) goja.Value {
		var b []byte
		if v := call.Argument(0); !goja.IsUndefined(v) {
			b = []byte(l.text(v))
		}
		return l.newBytes(b)
	})
	method(c, "encodeInto", 2, func(_ encoder, call goja.FunctionCall) goja.Value {
		if !goja.IsString(call.Argument(0)) {
			panic(l.argType("src", "of type string", call.Argument(0)))
		}
		dst, ok := l.viewBytes(call.Argument(1))
		if o, isObject := call.Argument(1).(*goja.Object); !ok || !isObject || o.ExportType() != bytesType {
			panic(l.argType("dest", "an instance of Uint8Array", call.Argument(1)))
		}
		read, written := encodeInto(dst, call.Argument(0).String())
		o := l.vm.NewObject()
		define(o, "read", l.vm.ToValue(read))
		define(o, "written", l.vm.ToValue(written))
		return o
	})
	return c.ctor
}

type encoder struct{}

// encodeInto fills dst with whole characters. read counts UTF-16 code units.
func encodeInto(dst []byte, s string) (read, written int) {
	for _, r := range s {
		n := utf8.RuneLen(r)
		if written+n > len(dst) {
			return read, written
		}
		written += utf8.EncodeRune(dst[written:], r)
		read += utf16.RuneLen(r)
	}
	return read, written
}

// newBytes makes a Uint8Array that owns b.
func (l *Library) newBytes(b []byte) goja.Value {
	o, err := l.vm.New(l.global("Uint8Array"), l.vm.ToValue(l.vm.NewArrayBuffer(b)))
	must(err)
	return o
}

// decoder is what is behind an object of class TextDecoder.
type decoder struct {
	encoding  string
	fatal     bool
	ignoreBOM bool
	pending   []byte // of a character that the last chunk did not finish
	started   bool   // the place of the byte order mark is past
}

// labels are names of the encodings that TextDecoder knows.
var labels = func() map[string]string {
	labels := map[string]string{}
	for encoding, names := range map[string]string{
		"utf-8":        "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
		"utf-16le":     "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
		"utf-16be":     "unicodefffe utf-16be",
		"windows-1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252",
	} {
		for name := range strings.FieldsSeq(names) {
			labels[name] = encoding
		}
	}
	return labels
}()

// textDecoder makes the class TextDecoder. Source: Encoding Standard, section 7.2.
func (l *Library) textDecoder() goja.Value {
	c := l.newClass("TextDecoder", 0, func(args []goja.Value) any {
		d := &decoder{encoding: "utf-8"}
		if label := argument(args, 0); !goja.IsUndefined(label) {
			d.encoding = labels[strings.ToLower(strings.Trim(l.text(label), "\t\n\f\r "))]
			if d.encoding == "" {
				panic(l.newError("RangeError", "ERR_ENCODING_NOT_SUPPORTED", `The "`+l.text(label)+`" encoding is not supported`))
			}
		}
		if options, ok := argument(args, 1).(*goja.Object); ok {
			d.fatal = isTrue(options.Get("fatal"))
			d.ignoreBOM = isTrue(options.Get("ignoreBOM"))
		}
		return d
	})
	getter(c, "encoding", func(d *decoder) goja.Value { return l.vm.ToValue(d.encoding) })
	getter(c, "fatal", func(d *decoder) goja.Value { return l.vm.ToValue(d.fatal) })
	getter(c, "ignoreBOM", func(d *decoder) goja.Value { return l.vm.ToValue(d.ignoreBOM) })
	method(c, "decode", 0, func(d *decoder, call goja.FunctionCall) goja.Value {
		var data []byte
		if v := call.Argument(0); !goja.IsUndefined(v) {
			var ok bool
			if data, ok = l.viewBytes(v); !ok {
				panic(l.typeError("ERR_INVALID_ARG_TYPE", `The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.`))
			}
		}
		options, ok := call.Argument(1).(*goja.Object)
		stream := ok && isTrue(options.Get("stream"))
		return l.decodeChunk(d, data, stream)
	})
	return c.ctor
}

func isTrue(v goja.Value) bool { return v != nil && v.ToBoolean() }

// decodeChunk decodes data behind what is pending. Unless more is to come, the decoder is as new
// afterwards.
func (l *Library) decodeChunk(d *decoder, data []byte, stream bool) goja.Value {
	if len(d.pending) > 0 {
		data = append(d.pending, data...)
		d.pending = nil
	}
	if stream {
		keep := d.incomplete(data)
		d.pending = append([]byte(nil), data[len(data)-keep:]...)
		data = data[:len(data)-keep]
	}
	if !d.started && !d.ignoreBOM && len(data) > 0 {
		data = d.skipBOM(data)
	}
	d.started = stream && (d.started || len(data) > 0 || len(d.pending) == 0)
	switch d.encoding {
	case "utf-8":
		if utf8.Valid(data) {
			return l.vm.ToValue(string(data))
		}
		if d.fatal {
			panic(l.undecodable(d))
		}
		return l.vm.ToValue(weburl.DecodeUTF8(data))
	case "windows-1252":
		return l.vm.ToValue(decode1252(data))
	}
	return l.decodeUTF16(d, data)
}

func (l *Library) undecodable(d *decoder) *goja.Object {
	d.pending, d.started = nil, false
	return l.typeError("ERR_ENCODING_INVALID_ENCODED_DATA", "The encoded data was not valid for encoding "+d.encoding)
}

func (d *decoder) skipBOM(data []byte) []byte {
	mark := ""
	switch d.encoding {
	case "utf-8":
		mark = "\xef\xbb\xbf"
	case "utf-16le":
		mark = "\xff\xfe"
	case "utf-16be":
		mark = "\xfe\xff"
	}
	if len(data) >= len(mark) && string(data[:len(mark)]) == mark {
		return data[len(mark):]
	}
	return data
}

// incomplete is the number of bytes at the end that may be the beginning of a character.
func (d *decoder) incomplete(data []byte) int {
	switch d.encoding {
	case "windows-1252":
		return 0
	case "utf-8":
		for n := 1; n <= min(3, len(data)); n++ {
			if tail := data[len(data)-n:]; utf8.RuneStart(tail[0]) {
				if !utf8.FullRune(tail) {
					return n
				}
				return 0
			}
		}
		return 0
	}
	odd := len(data) % 2
	if whole := len(data) - odd; whole >= 2 && utf16.IsSurrogate(rune(d.unit(data[whole-2:]))) && d.unit(data[whole-2:]) < 0xdc00 {
		return 2 + odd
	}
	return odd
}

func (d *decoder) unit(b []byte) uint16 {
	if d.encoding == "utf-16be" {
		return uint16(b[0])<<8 | uint16(b[1])
	}
	return uint16(b[1])<<8 | uint16(b[0])
}

func (l *Library) decodeUTF16(d *decoder, data []byte) goja.Value {
	units := make([]uint16, 0, len(data)/2+1)
	for ; len(data) >= 2; data = data[2:] {
		units = append(units, d.unit(data))
	}
	bad := len(data) > 0 || !isWellFormed(units)
	if bad && d.fatal {
		panic(l.undecodable(d))
	}
	if half := len(units) > 0 && units[len(units)-1]&0xfc00 == 0xd800; len(data) > 0 && !half {
		units = append(units, utf8.RuneError) // half a unit behind half a pair counts once
	}
	toWellFormed(units)
	return goja.StringFromUTF16(units)
}

// isWellFormed says that no surrogate is alone.
func isWellFormed(units []uint16) bool {
	for i := 0; i < len(units); i++ {
		if loneSurrogate(units, i) {
			return false
		}
		if utf16.IsSurrogate(rune(units[i])) {
			i++
		}
	}
	return true
}

// toWellFormed replaces lone surrogates by U+FFFD, in place.
func toWellFormed(units []uint16) {
	for i := 0; i < len(units); i++ {
		if loneSurrogate(units, i) {
			units[i] = utf8.RuneError
		} else if utf16.IsSurrogate(rune(units[i])) {
			i++
		}
	}
}

// loneSurrogate says whether the unit is a surrogate that does not begin a pair.
func loneSurrogate(units []uint16, i int) bool {
	if !utf16.IsSurrogate(rune(units[i])) {
		return false
	}
	return units[i] >= 0xdc00 || i+1 == len(units) || units[i+1]&0xfc00 != 0xdc00
}

// upper1252 is what windows-1252 has at 0x80 to 0x9f.
var upper1252 = [32]rune{
	0x20ac, 0x81, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d, 0x017d, 0x8f,
	0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178,
}

func decode1252(data []byte) string {
	var b strings.Builder
	b.Grow(len(data))
	for _, c := range data {
		if c >= 0x80 && c < 0xa0 {
			b.WriteRune(upper1252[c-0x80])
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}
