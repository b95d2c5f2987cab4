package modules

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"hash/crc32"
	"io"
	"strconv"

	"github.com/dop251/goja"
)

// maxOutput is the most bytes that one call may inflate to. Node's limit is 4 GiB; here many
// plugins share a process.
const maxOutput = 256 << 20

// codec is a function of module zlib.
type codec struct {
	name string
	run  func(src []byte, level int, limit int64) ([]byte, error)
}

var codecs = []codec{
	{"gzip", deflate(func(w io.Writer, level int) (io.WriteCloser, error) {
		z, err := gzip.NewWriterLevel(w, level)
		if err == nil {
			z.OS = 3 // Unix, as Node has it there
		}
		return z, err
	})},
	{"deflate", deflate(func(w io.Writer, level int) (io.WriteCloser, error) { return zlib.NewWriterLevel(w, level) })},
	{"deflateRaw", deflate(func(w io.Writer, level int) (io.WriteCloser, error) { return flate.NewWriter(w, level) })},
	{"gunzip", gunzip},
	{"inflate", inflate},
	{"inflateRaw", inflateRaw},
	{"unzip", unzip},
}

func (l *Library) zlibModule() goja.Value {
	o := l.vm.NewObject()
	for _, c := range codecs {
		l.functions(o, []function{
			{c.name + "Sync", 2, func(call goja.FunctionCall) goja.Value {
				out, failure := l.runCodec(c, call.Argument(0), call.Argument(1))
				if failure != nil {
					panic(failure)
				}
				return out
			}},
			{c.name, 3, func(call goja.FunctionCall) goja.Value {
				options, callback := call.Argument(1), call.Argument(2)
				if _, ok := goja.AssertFunction(options); ok {
					options, callback = goja.Undefined(), options
				}
				l.needCallback(callback)
				out, failure := l.runCodec(c, call.Argument(0), options)
				if failure != nil {
					l.later(callback, failure)
				} else {
					l.later(callback, goja.Null(), out)
				}
				return goja.Undefined()
			}},
		})
	}
	define(o, "constants", l.zlibConstants(o))
	l.functions(o, []function{{"crc32", 2, func(call goja.FunctionCall) goja.Value {
		data := l.bytesOf(call.Argument(0), "data", "of type string or an instance of Buffer, TypedArray, or DataView")
		return l.vm.ToValue(crc32.Update(uint32(call.Argument(1).ToInteger()), crc32.IEEETable, data))
	}}})
	return o
}

// runCodec returns a Buffer or an error object.
func (l *Library) runCodec(c codec, data, options goja.Value) (out goja.Value, failure *goja.Object) {
	src := l.bytesOf(data, "buffer", "of type string or an instance of Buffer, TypedArray, DataView, or ArrayBuffer")
	level, limit := flate.DefaultCompression, int64(maxOutput)
	if o, ok := options.(*goja.Object); ok {
		if v := o.Get("level"); !isNothing(v) {
			if !goja.IsNumber(v) {
				panic(l.argType("options.level", "of type number", v))
			}
			if f := v.ToFloat(); !(f >= -1 && f <= 9) {
				panic(l.outOfRange("options.level", ">= -1 and <= 9", v))
			}
			level = int(v.ToInteger())
		}
		if v := o.Get("maxOutputLength"); !isNothing(v) {
			limit = min(limit, int64(l.within("options.maxOutputLength", v, 1, 1<<52)))
		}
	}
	result, err := c.run(src, level, limit)
	if err != nil {
		return nil, l.zlibError(err)
	}
	return l.host.NewBuffer(result), nil
}

// tooLarge says that an output is longer than its limit.
type tooLarge int64

func (t tooLarge) Error() string {
	return "Cannot create a Buffer larger than " + strconv.FormatInt(int64(t), 10) + " bytes"
}

// zlibError words a failure as zlib does.
func (l *Library) zlibError(err error) *goja.Object {
	var large tooLarge
	if errors.As(err, &large) {
		return l.newError("RangeError", "ERR_BUFFER_TOO_LARGE", large.Error())
	}
	errno, code, message := -3, "Z_DATA_ERROR", "invalid block type"
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		errno, code, message = -5, "Z_BUF_ERROR", "unexpected end of file"
	case errors.Is(err, gzip.ErrHeader), errors.Is(err, zlib.ErrHeader):
		message = "incorrect header check"
	case errors.Is(err, gzip.ErrChecksum), errors.Is(err, zlib.ErrChecksum):
		message = "incorrect data check"
	case errors.Is(err, zlib.ErrDictionary):
		errno, code, message = 2, "Z_NEED_DICT", "Missing dictionary"
	}
	e := l.newError("Error", "", message)
	define(e, "errno", l.vm.ToValue(errno))
	define(e, "code", l.vm.ToValue(code))
	return e
}

func deflate(open func(io.Writer, int) (io.WriteCloser, error)) func([]byte, int, int64) ([]byte, error) {
	return func(src []byte, level int, limit int64) ([]byte, error) {
		var out bytes.Buffer
		w, err := open(&out, level)
		if err != nil {
			return nil, err
		}
		if _, err := w.Write(src); err != nil {
			return nil, err
		}
		if err := w.Close(); err != nil {
			return nil, err
		}
		if int64(out.Len()) > limit {
			return nil, tooLarge(limit)
		}
		return out.Bytes(), nil
	}
}

// readAll reads at most limit bytes behind those in out.
func readAll(out *bytes.Buffer, r io.Reader, limit int64) error {
	_, err := io.Copy(out, io.LimitReader(r, limit+1-int64(out.Len())))
	if int64(out.Len()) > limit {
		return tooLarge(limit)
	}
	return err
}

// gunzip reads members until the input ends or a zero byte follows, as Node does.
func gunzip(src []byte, _ int, limit int64) ([]byte, error) {
	in := bytes.NewReader(src)
	var out bytes.Buffer
	for {
		if len(src) >= 2 && (src[0] != 0x1f || src[1] != 0x8b) {
			return nil, gzip.ErrHeader
		}
		z, err := gzip.NewReader(in)
		if err != nil {
			return nil, err
		}
		z.Multistream(false)
		if err := readAll(&out, z, limit); err != nil {
			return nil, err
		}
		src = src[len(src)-in.Len():]
		if len(src) == 0 || src[0] == 0 {
			return out.Bytes(), nil
		}
	}
}

func inflate(src []byte, _ int, limit int64) ([]byte, error) {
	z, err := zlib.NewReader(bytes.NewReader(src))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	err = readAll(&out, z, limit)
	return out.Bytes(), err
}

func inflateRaw(src []byte, _ int, limit int64) ([]byte, error) {
	var out bytes.Buffer
	err := readAll(&out, flate.NewReader(bytes.NewReader(src)), limit)
	return out.Bytes(), err
}

// unzip looks at the first byte to tell gzip from zlib.
func unzip(src []byte, level int, limit int64) ([]byte, error) {
	if len(src) > 0 && src[0] == 0x1f {
		return gunzip(src, level, limit)
	}
	return inflate(src, level, limit)
}

// zlibConstants makes the object constants; older code finds its members in the module too.
func (l *Library) zlibConstants(module *goja.Object) goja.Value {
	o := l.vm.NewObject()
	for _, c := range []struct {
		name  string
		value int
	}{
		{"Z_NO_FLUSH", 0}, {"Z_PARTIAL_FLUSH", 1}, {"Z_SYNC_FLUSH", 2}, {"Z_FULL_FLUSH", 3}, {"Z_FINISH", 4}, {"Z_BLOCK", 5},
		{"Z_OK", 0}, {"Z_STREAM_END", 1}, {"Z_NEED_DICT", 2}, {"Z_ERRNO", -1}, {"Z_STREAM_ERROR", -2}, {"Z_DATA_ERROR", -3},
		{"Z_MEM_ERROR", -4}, {"Z_BUF_ERROR", -5}, {"Z_VERSION_ERROR", -6}, {"Z_NO_COMPRESSION", 0}, {"Z_BEST_SPEED", 1},
		{"Z_BEST_COMPRESSION", 9}, {"Z_DEFAULT_COMPRESSION", -1}, {"Z_FILTERED", 1}, {"Z_HUFFMAN_ONLY", 2}, {"Z_RLE", 3},
		{"Z_FIXED", 4}, {"Z_DEFAULT_STRATEGY", 0}, {"Z_MIN_WINDOWBITS", 8}, {"Z_MAX_WINDOWBITS", 15}, {"Z_DEFAULT_WINDOWBITS", 15},
		{"Z_MIN_CHUNK", 64}, {"Z_DEFAULT_CHUNK", 16384}, {"Z_MIN_MEMLEVEL", 1}, {"Z_MAX_MEMLEVEL", 9}, {"Z_DEFAULT_MEMLEVEL", 8},
		{"Z_MIN_LEVEL", -1}, {"Z_MAX_LEVEL", 9}, {"Z_DEFAULT_LEVEL", -1},
	} {
		define(o, c.name, l.vm.ToValue(c.value))
		hide(module, c.name, l.vm.ToValue(c.value))
	}
	return o
}
