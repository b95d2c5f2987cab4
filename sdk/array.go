package sdk

import "iter"

// Array is a JSON array over its original bytes: what [Object] is for objects.
type Array Object

func (a *Array) object() *Object { return (*Object)(a) }

// Len is the number of elements.
func (a *Array) Len() int {
	o := a.object()
	o.index()
	return len(o.mem)
}

// At returns element i; one that does not exist is missing.
func (a *Array) At(i int) Value {
	o := a.object()
	o.index()
	if i < 0 || i >= len(o.mem) {
		return Value{}
	}
	return o.value(i)
}

// Each calls f for every element in order until it returns false.
func (a *Array) Each(f func(i int, v Value) bool) {
	for i := 0; i < a.Len(); i++ {
		if !f(i, a.At(i)) {
			return
		}
	}
}

// All is Each as an iterator: for i, v := range a.All().
func (a *Array) All() iter.Seq2[int, Value] { return a.Each }

// Set gives element i a new value, as [Object.Set] does. An i that does not exist makes the hook
// fail.
func (a *Array) Set(i int, v any) {
	o := a.object()
	key := "[" + itoa(i) + "]"
	if i < 0 || i >= a.Len() {
		o.fail(&SetError{Key: key, Err: errRange})
		return
	}
	if text, ok := o.encode(key, v); ok {
		o.replace(i, text)
	}
}

// Append adds an element at the end, as [Object.Set] does.
func (a *Array) Append(v any) {
	o := a.object()
	text, ok := o.encode("["+itoa(a.Len())+"]", v)
	if !ok {
		return
	}
	o.mem = append(o.mem, member{val: text.at, valLen: text.len, kind: kindOf(o.ext[text.at]), flags: valWritten})
}

// AppendJSON appends the array's text to dst. What was not written comes out as it came in.
func (a *Array) AppendJSON(dst []byte) []byte { return a.object().AppendJSON(dst) }

// MarshalJSON returns the array's text; the error is always nil.
func (a *Array) MarshalJSON() ([]byte, error) { return a.object().MarshalJSON() }

// String is the array's text.
func (a *Array) String() string { return a.object().String() }
