package modules

import (
	"bytes"
	"encoding/base64"

	"github.com/dop251/goja"
)

// secretKey is what is behind a KeyObject. There are secrets alone, no pairs of keys.
type secretKey []byte

// keyObjects defines the class KeyObject and what makes its objects.
func (l *Library) keyObjects(o *goja.Object) {
	c := l.newClass("KeyObject", 2, func([]goja.Value) any {
		panic(l.typeError("ERR_ILLEGAL_CONSTRUCTOR", "Illegal constructor"))
	})
	getter(c, "type", func(secretKey) goja.Value { return l.vm.ToValue("secret") })
	getter(c, "symmetricKeySize", func(k secretKey) goja.Value { return l.vm.ToValue(len(k)) })
	method(c, "export", 1, func(k secretKey, call goja.FunctionCall) goja.Value {
		if options, ok := call.Argument(0).(*goja.Object); ok && l.isText(options.Get("format"), "jwk") {
			return l.jwk(k)
		}
		return l.host.NewBuffer(bytes.Clone(k))
	})
	method(c, "equals", 1, func(k secretKey, call goja.FunctionCall) goja.Value {
		other, ok := stateOf[secretKey](call.Argument(0))
		return l.vm.ToValue(ok && bytes.Equal(k, other))
	})
	define(o, "KeyObject", c.ctor)
	l.functions(o, []function{
		{"createSecretKey", 2, func(call goja.FunctionCall) goja.Value { return c.wrap(l.newSecretKey(call)) }},
		{"createPrivateKey", 1, l.noPairs},
		{"createPublicKey", 1, l.noPairs},
	})
}

// noPairs refuses pairs of keys. Packages try whether a key is half of one before they take it for a secret.
func (l *Library) noPairs(goja.FunctionCall) goja.Value {
	panic(l.newError("Error", "ERR_OSSL_UNSUPPORTED", "private and public keys are not available, secret ones are"))
}

func (l *Library) isText(v goja.Value, want string) bool {
	return v != nil && goja.IsString(v) && v.String() == want
}

func (l *Library) newSecretKey(call goja.FunctionCall) secretKey {
	if s, ok := call.Argument(0).(goja.String); ok && !isNothing(call.Argument(1)) {
		return l.encode(s, call.Argument(1))
	}
	return bytes.Clone(l.bytesOf(call.Argument(0), "key", "an instance of ArrayBuffer, Buffer, TypedArray, or DataView"))
}

// jwk is a secret as a JSON Web Key.
// Source: RFC 7518, section 6.4.
func (l *Library) jwk(k secretKey) *goja.Object {
	o := l.vm.NewObject()
	define(o, "kty", l.vm.ToValue("oct"))
	define(o, "k", l.vm.ToValue(base64.RawURLEncoding.EncodeToString(k)))
	return o
}
