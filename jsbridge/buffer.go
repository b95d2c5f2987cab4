package jsbridge

import (
	"encoding/base64"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/dop251/goja"
)

// installShims defines the globals that shims make. Buffer, fetch and its classes are made when
// they are first used.
func (in *instance) installShims() {
	made, err := in.vm.RunProgram(prelude)
	must(err)
	hide(in.vm.GlobalObject(), "RetryError", made.ToObject(in.vm).Get("RetryError"))
	in.lazyGlobal("Buffer", func() goja.Value { return in.buffer() })
	for _, name := range []string{"fetch", "Headers", "Request", "Response"} {
		in.lazyGlobal(name, func() goja.Value { return in.fetchModule().Get(name) })
	}
}

// lazyGlobal defines a global that is made when it is first read; a plugin may assign it.
func (in *instance) lazyGlobal(name string, make func() goja.Value) {
	global := in.vm.GlobalObject()
	get := func(goja.FunctionCall) goja.Value {
		v := make()
		hide(global, name, v)
		return v
	}
	set := func(call goja.FunctionCall) goja.Value {
		hide(global, name, call.Argument(0))
		return goja.Undefined()
	}
	must(global.DefineAccessorProperty(name, in.vm.ToValue(get), in.vm.ToValue(set), goja.FLAG_TRUE, goja.FLAG_FALSE))
}

// buffer makes the class Buffer and puts it in its place.
func (in *instance) buffer() *goja.Object {
	if class := in.loaded["class:Buffer"]; class != nil {
		return class
	}
	vm := in.vm
	factory, err := vm.RunProgram(bufferShim)
	must(err)
	build, _ := goja.AssertFunction(factory)
	native := vm.NewObject()
	define(native, "encode", vm.ToValue(func(call goja.FunctionCall) goja.Value {
		return vm.ToValue(vm.NewArrayBuffer(encodeText(call.Argument(0).ToString().(goja.String), call.Argument(1).String())))
	}))
	define(native, "decode", vm.ToValue(func(call goja.FunctionCall) goja.Value {
		bytes, _ := call.Argument(0).Export().([]byte)
		return in.decodeText(bytes, call.Argument(1).String())
	}))
	made, err := build(goja.Undefined(), native)
	must(err)
	class := made.ToObject(vm)
	in.loaded["class:Buffer"] = class
	return class
}

// newBuffer makes a Buffer of data, which it shares.
func (in *instance) newBuffer(data []byte) goja.Value {
	b, err := in.vm.New(in.buffer(), in.vm.ToValue(in.vm.NewArrayBuffer(data)))
	must(err)
	return b
}

// encodeText is Buffer.from(text, encoding).
func encodeText(text goja.String, encoding string) []byte {
	s := text.String()
	switch encoding {
	case "hex":
		return decodeHex(s)
	case "base64", "base64url":
		return decodeBase64(s)
	case "latin1", "ascii":
		out := make([]byte, text.Length())
		for i := range out {
			out[i] = byte(text.CharAt(i))
		}
		return out
	case "utf16le":
		out := make([]byte, 0, 2*text.Length())
		for i := range text.Length() {
			out = append(out, byte(text.CharAt(i)), byte(text.CharAt(i)>>8))
		}
		return out
	}
	return []byte(s)
}

// decodeHex stops at the first pair that is not hexadecimal, as Node does.
func decodeHex(s string) []byte {
	n := 0
	for n+1 < len(s) && strings.IndexByte(hexDigits, s[n]) >= 0 && strings.IndexByte(hexDigits, s[n+1]) >= 0 {
		n += 2
	}
	out, _ := hex.DecodeString(s[:n])
	return out
}

const hexDigits = "0123456789abcdefABCDEF"

// decodeBase64 takes both alphabets, ignores what belongs to neither and stops at padding, as
// Node does.
func decodeBase64(s string) []byte {
	if end := strings.IndexByte(s, '='); end >= 0 {
		s = s[:end]
	}
	clean := strings.Map(func(r rune) rune {
		switch {
		case r == '-':
			return '+'
		case r == '_':
			return '/'
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '+', r == '/':
			return r
		}
		return -1
	}, s)
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	out, _ := base64.RawStdEncoding.DecodeString(clean)
	return out
}

// decodeText is buffer.toString(encoding).
func (in *instance) decodeText(data []byte, encoding string) goja.Value {
	switch encoding {
	case "hex":
		return in.vm.ToValue(hex.EncodeToString(data))
	case "base64":
		return in.vm.ToValue(base64.StdEncoding.EncodeToString(data))
	case "base64url":
		return in.vm.ToValue(base64.RawURLEncoding.EncodeToString(data))
	case "latin1", "ascii":
		mask := uint16(0xff)
		if encoding == "ascii" {
			mask = 0x7f
		}
		units := make([]uint16, len(data))
		for i, c := range data {
			units[i] = uint16(c) & mask
		}
		return goja.StringFromUTF16(units)
	case "utf16le":
		units := make([]uint16, len(data)/2)
		for i := range units {
			units[i] = uint16(data[2*i]) | uint16(data[2*i+1])<<8
		}
		return goja.StringFromUTF16(units)
	}
	return in.vm.ToValue(validUTF8(data))
}

// validUTF8 replaces each ill-formed sequence by one U+FFFD, as the Encoding Standard asks: a
// maximal prefix of a valid sequence counts as one.
func validUTF8(data []byte) string {
	if utf8.Valid(data) {
		return string(data)
	}
	var b strings.Builder
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		if r == utf8.RuneError && n == 1 {
			n = illFormed(data)
		}
		b.WriteRune(r)
		data = data[n:]
	}
	return b.String()
}

// illFormed is the length of the ill-formed sequence that data begins with.
func illFormed(data []byte) int {
	lead := data[0]
	low, high, need := byte(0x80), byte(0xbf), 0
	switch {
	case lead >= 0xc2 && lead <= 0xdf:
		need = 1
	case lead >= 0xe0 && lead <= 0xef:
		need = 2
		if lead == 0xe0 {
			low = 0xa0
		} else if lead == 0xed {
			high = 0x9f
		}
	case lead >= 0xf0 && lead <= 0xf4:
		need = 3
		if lead == 0xf0 {
			low = 0x90
		} else if lead == 0xf4 {
			high = 0x8f
		}
	}
	n := 1
	for n <= need && n < len(data) && data[n] >= low && data[n] <= high {
		low, high = 0x80, 0xbf
		n++
	}
	return n
}

// attachments makes meta.attachments: contents are Buffers, each instance's own.
// Source: the original runtime, fact sheet section 1.6.
func (in *instance) attachments() goja.Value {
	o := in.vm.NewObject()
	for _, name := range slices.Sorted(maps.Keys(in.meta.Attachments)) {
		a := in.meta.Attachments[name]
		entry := in.vm.NewObject()
		define(entry, "content_type", in.vm.ToValue(a.ContentType))
		define(entry, "file_name", in.vm.ToValue(a.FileName))
		define(entry, "contents", in.newBuffer(append([]byte(nil), a.Contents...)))
		define(o, name, entry)
	}
	return o
}
