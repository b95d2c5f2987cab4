package modules

import (
	"math/big"
	"reflect"

	"github.com/dop251/goja"
)

var (
	proxyType   = reflect.TypeFor[goja.Proxy]()
	promiseType = reflect.TypeFor[*goja.Promise]()
	plainType   = reflect.TypeFor[map[string]any]()
)

// kindsByType are the kinds that the type of the exported value tells.
var kindsByType = map[reflect.Type]string{
	nativeType:                  "Native",
	proxyType:                   "Proxy",
	bufferType:                  "ArrayBuffer",
	promiseType:                 "Promise",
	bytesType:                   "TypedArray",
	reflect.TypeFor[[][2]any](): "Map",
	reflect.TypeFor[[]any]():    "Set",
	reflect.TypeFor[*big.Int](): "BigInt",
	reflect.TypeFor[string]():   "Symbol",
}

// kindsByTag are the kinds that only the tag tells.
var kindsByTag = map[string]bool{
	"WeakMap": true, "WeakSet": true, "DataView": true, "Generator": true, "Map Iterator": true, "Set Iterator": true, "Array Iterator": true,
	"AsyncFunction": true, "GeneratorFunction": true,
}

// kind says what an object is underneath: "Array", "Date", "Map", "Function", "TypedArray", …;
// "Object" for plain and dynamic objects, "Native" for objects of this package's classes; empty
// for what is no object.
func (l *Library) kind(v goja.Value) string {
	o, ok := v.(*goja.Object)
	if !ok {
		return ""
	}
	if name := o.ClassName(); name != "Object" && name != "Function" {
		return name
	}
	exported := o.ExportType()
	if kind := kindsByType[exported]; kind != "" {
		return kind
	}
	if wideTypes[exported] {
		return "TypedArray"
	}
	_, callable := goja.AssertFunction(o)
	if exported != plainType && !callable {
		return "Object" // dynamic
	}
	if tag, ok := o.GetSymbol(goja.SymToStringTag).(goja.String); ok && kindsByTag[tag.String()] {
		return tag.String()
	}
	if callable {
		return "Function"
	}
	return "Object"
}
