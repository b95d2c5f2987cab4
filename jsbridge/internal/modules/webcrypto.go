package modules

import (
	"crypto/hkdf"
	"crypto/pbkdf2"
	"hash"
	"strings"

	"github.com/dop251/goja"
)

// webCrypto makes the global crypto. Of subtle there is digest only.
// Source: Web Cryptography API, section 10.
func (l *Library) webCrypto() goja.Value {
	return l.once("webcrypto", func(l *Library) goja.Value {
		o, subtle := l.vm.NewObject(), l.vm.NewObject()
		l.functions(subtle, []function{{"digest", 2, l.subtleDigest}})
		l.tag(subtle, "SubtleCrypto")
		define(o, "subtle", subtle)
		l.functions(o, []function{
			{"getRandomValues", 1, l.getRandomValues},
			{"randomUUID", 0, l.randomUUID},
		})
		l.tag(o, "Crypto")
		return o
	})
}

// maxRandomValues is the most bytes that getRandomValues fills.
const maxRandomValues = 65536

func (l *Library) getRandomValues(call goja.FunctionCall) goja.Value {
	view, ok := call.Argument(0).(*goja.Object)
	if !ok || !isTypedArray(view) || isFloats(view) {
		panic(l.domException("TypeMismatchError", "The data argument must be an integer-type TypedArray"))
	}
	b, _ := l.viewBytes(view)
	if len(b) > maxRandomValues {
		panic(l.domException("QuotaExceededError", "The requested length exceeds 65,536 bytes"))
	}
	l.fill(b)
	return view
}

func isFloats(view *goja.Object) bool {
	switch view.Export().(type) {
	case []float32, []float64:
		return true
	}
	return false
}

// subtleDigest returns a promise of an ArrayBuffer.
func (l *Library) subtleDigest(call goja.FunctionCall) goja.Value {
	promise, resolve, reject := l.vm.NewPromise()
	name := call.Argument(0)
	if o, ok := name.(*goja.Object); ok {
		name = o.Get("name")
	}
	f := findHash(l.text(name))
	data, ok := l.viewBytes(call.Argument(1))
	switch {
	case f == nil || !strings.HasPrefix(strings.ToUpper(l.text(name)), "SHA-"):
		must(reject(l.domException("NotSupportedError", "Unrecognized algorithm name")))
	case !ok:
		must(reject(l.typeError("ERR_INVALID_ARG_TYPE", "Failed to execute 'digest' on 'SubtleCrypto': 2nd argument is not instance of ArrayBuffer, Buffer, TypedArray, or DataView.")))
	default:
		h := f()
		h.Write(data)
		must(resolve(l.vm.NewArrayBuffer(h.Sum(nil))))
	}
	return l.vm.ToValue(promise)
}

const keyTypes = "of type string or an instance of ArrayBuffer, Buffer, TypedArray, or DataView"

// maxKeyBytes and maxIterations bound what one derivation may cost.
const (
	maxKeyBytes   = 1 << 20
	maxIterations = 10_000_000
)

// keyFunctions defines the derivations of keys.
func (l *Library) keyFunctions(o *goja.Object) {
	l.functions(o, []function{
		{"pbkdf2Sync", 5, func(call goja.FunctionCall) goja.Value {
			password := l.bytesOf(call.Argument(0), "password", keyTypes)
			salt := l.bytesOf(call.Argument(1), "salt", keyTypes)
			rounds := l.within("iterations", call.Argument(2), 1, maxIterations)
			length := l.within("keylen", call.Argument(3), 0, maxKeyBytes)
			key, err := pbkdf2.Key(l.digestNamed(call.Argument(4)), string(password), salt, rounds, length)
			if err != nil {
				panic(l.newError("Error", "", err.Error()))
			}
			return l.host.NewBuffer(key)
		}},
		{"hkdfSync", 5, func(call goja.FunctionCall) goja.Value {
			f := l.digestNamed(call.Argument(0))
			secret := l.bytesOf(call.Argument(1), "ikm", keyTypes)
			salt := l.bytesOf(call.Argument(2), "salt", keyTypes)
			info := l.bytesOf(call.Argument(3), "info", keyTypes)
			length := l.within("length", call.Argument(4), 0, maxKeyBytes)
			key, err := hkdf.Key(f, secret, salt, string(info), length)
			if err != nil {
				panic(l.newError("RangeError", "ERR_CRYPTO_INVALID_KEYLEN", "Invalid key length"))
			}
			return l.vm.ToValue(l.vm.NewArrayBuffer(key))
		}},
	})
}

func (l *Library) digestNamed(v goja.Value) func() hash.Hash {
	if !goja.IsString(v) {
		panic(l.argType("digest", "of type string", v))
	}
	f := findHash(v.String())
	if f == nil {
		panic(l.typeError("ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: "+v.String()))
	}
	return f
}

// within is an integer between the limits.
func (l *Library) within(name string, v goja.Value, low, high int) int {
	if !goja.IsNumber(v) {
		panic(l.argType(name, "of type number", v))
	}
	if f := v.ToFloat(); !(f >= float64(low) && f <= float64(high)) {
		panic(l.outOfRange(name, ">= "+l.vm.ToValue(low).String()+" && <= "+l.vm.ToValue(high).String(), v))
	}
	return int(v.ToInteger())
}
