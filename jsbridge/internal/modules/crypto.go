package modules

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha3"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"

	"github.com/dop251/goja"
)

// hashes are the digests by the name in lower case, without "rsa-" in front.
var hashes = map[string]func() hash.Hash{
	"md5":        md5.New,
	"sha1":       sha1.New,
	"sha224":     sha256.New224,
	"sha256":     sha256.New,
	"sha384":     sha512.New384,
	"sha512":     sha512.New,
	"sha512-224": sha512.New512_224,
	"sha512-256": sha512.New512_256,
	"sha3-224":   func() hash.Hash { return sha3.New224() },
	"sha3-256":   func() hash.Hash { return sha3.New256() },
	"sha3-384":   func() hash.Hash { return sha3.New384() },
	"sha3-512":   func() hash.Hash { return sha3.New512() },
}

// hashNames is what getHashes returns.
var hashNames = []any{
	"RSA-MD5", "RSA-SHA1", "RSA-SHA224", "RSA-SHA256", "RSA-SHA3-224", "RSA-SHA3-256", "RSA-SHA3-384", "RSA-SHA3-512", "RSA-SHA384", "RSA-SHA512",
	"md5", "sha1", "sha224", "sha256", "sha3-224", "sha3-256", "sha3-384", "sha3-512", "sha384", "sha512", "sha512-224", "sha512-256",
}

// findHash is nil if there is no digest of that name.
func findHash(name string) func() hash.Hash {
	if f := hashes[name]; f != nil {
		return f
	}
	name = strings.ToLower(name)
	switch name = strings.TrimPrefix(name, "rsa-"); name {
	case "sha-1", "sha-224", "sha-256", "sha-384", "sha-512":
		name = "sha" + name[4:]
	case "sha512/224", "sha512/256":
		name = strings.Replace(name, "/", "-", 1)
	}
	return hashes[name]
}

// digester is what is behind a Hash or an Hmac.
type digester struct {
	hash hash.Hash
	done bool
	mac  bool
}

func (l *Library) cryptoModule() goja.Value {
	vm := l.vm
	o := vm.NewObject()
	l.classes.hash = l.digesterClass("Hash", func(args []goja.Value) any { return l.newHash(args) })
	l.classes.hmac = l.digesterClass("Hmac", func(args []goja.Value) any { return l.newHmac(args) })
	method(l.classes.hash, "copy", 0, func(d *digester, _ goja.FunctionCall) goja.Value {
		if d.done {
			panic(l.finalized())
		}
		clone, err := d.hash.(hash.Cloner).Clone()
		must(err)
		return l.classes.hash.wrap(&digester{hash: clone})
	})
	define(o, "Hash", l.classes.hash.ctor)
	define(o, "Hmac", l.classes.hmac.ctor)
	web := l.webCrypto().ToObject(vm)
	define(o, "webcrypto", web)
	for _, name := range []string{"getRandomValues", "randomUUID", "subtle"} {
		define(o, name, web.Get(name))
	}
	l.functions(o, []function{
		{"createHash", 2, func(call goja.FunctionCall) goja.Value { return l.classes.hash.wrap(l.newHash(call.Arguments)) }},
		{"createHmac", 3, func(call goja.FunctionCall) goja.Value { return l.classes.hmac.wrap(l.newHmac(call.Arguments)) }},
		{"getHashes", 0, func(goja.FunctionCall) goja.Value { return vm.NewArray(hashNames...) }},
		{"timingSafeEqual", 2, l.timingSafeEqual},
	})
	l.randomFunctions(o)
	l.keyFunctions(o)
	l.keyObjects(o)
	return o
}

func (l *Library) digesterClass(name string, construct func([]goja.Value) any) *class {
	c := l.newClass(name, 2, construct)
	method(c, "update", 2, func(d *digester, call goja.FunctionCall) goja.Value {
		l.update(d, call.Argument(0), call.Argument(1))
		return call.This
	})
	method(c, "digest", 1, func(d *digester, call goja.FunctionCall) goja.Value { return l.digest(d, call.Argument(0)) })
	return c
}

func (l *Library) newHash(args []goja.Value) *digester {
	if len(args) == 0 || !goja.IsString(args[0]) {
		panic(l.argType("algorithm", "of type string", argument(args, 0)))
	}
	f := findHash(args[0].String())
	if f == nil {
		panic(l.newError("Error", "", "Digest method not supported"))
	}
	return &digester{hash: f()}
}

func (l *Library) newHmac(args []goja.Value) *digester {
	name := argument(args, 0)
	if !goja.IsString(name) {
		panic(l.argType("hmac", "of type string", name))
	}
	key, ok := stateOf[secretKey](argument(args, 1))
	if !ok {
		key = l.bytesOf(argument(args, 1), "key", "of type string or an instance of ArrayBuffer, Buffer, TypedArray, DataView, KeyObject, or CryptoKey")
	}
	f := findHash(name.String())
	if f == nil {
		panic(l.typeError("ERR_CRYPTO_INVALID_DIGEST", "Invalid digest: "+name.String()))
	}
	return &digester{hash: hmac.New(f, key), mac: true}
}

func argument(args []goja.Value, i int) goja.Value {
	if i < len(args) {
		return args[i]
	}
	return goja.Undefined()
}

// bytesOf takes a text as UTF-8, or bytes as they are; expected is for the error.
func (l *Library) bytesOf(v goja.Value, name, expected string) []byte {
	if goja.IsString(v) {
		return []byte(valid(v.String()))
	}
	data, ok := l.viewBytes(v)
	if !ok {
		panic(l.argType(name, expected, v))
	}
	return data
}

func (l *Library) finalized() *goja.Object {
	return l.newError("Error", "ERR_CRYPTO_HASH_FINALIZED", "Digest already called")
}

func (l *Library) update(d *digester, data, encoding goja.Value) {
	if d.done {
		panic(l.finalized())
	}
	s, ok := data.(goja.String)
	switch {
	case ok && isNothing(encoding):
		l.scratch = append(l.scratch[:0], valid(s.String())...)
		d.hash.Write(l.scratch)
	case ok:
		d.hash.Write(l.encode(s, encoding))
	default:
		b, ok := l.viewBytes(data)
		if _, isBuffer := data.Export().(goja.ArrayBuffer); !ok || isBuffer {
			panic(l.argType("data", "of type string or an instance of Buffer, TypedArray, or DataView", data))
		}
		d.hash.Write(b)
	}
}

// digest ends a hash. A second digest of an Hmac is empty, that of a Hash is an error.
func (l *Library) digest(d *digester, encoding goja.Value) goja.Value {
	var sum [64]byte
	switch {
	case !d.done:
		d.done = true
		return l.encodeDigest(d.hash.Sum(sum[:0]), encoding)
	case d.mac:
		return l.encodeDigest(nil, encoding)
	}
	panic(l.finalized())
}

func (l *Library) encodeDigest(sum []byte, encoding goja.Value) goja.Value {
	name, _ := encoding.(goja.String)
	if name != nil {
		switch name.String() {
		case "hex":
			return l.vm.ToValue(hex.EncodeToString(sum))
		case "base64":
			return l.vm.ToValue(base64.StdEncoding.EncodeToString(sum))
		}
	}
	return l.decode(append([]byte(nil), sum...), encoding)
}

func (l *Library) timingSafeEqual(call goja.FunctionCall) goja.Value {
	var data [2][]byte
	for i, name := range []string{"buf1", "buf2"} {
		b, ok := l.viewBytes(call.Argument(i))
		if !ok {
			panic(l.typeError("ERR_INVALID_ARG_TYPE", `The "`+name+`" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`))
		}
		data[i] = b
	}
	if len(data[0]) != len(data[1]) {
		panic(l.newError("RangeError", "ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH", "Input buffers must have the same byte length"))
	}
	return l.vm.ToValue(subtle.ConstantTimeCompare(data[0], data[1]) == 1)
}
