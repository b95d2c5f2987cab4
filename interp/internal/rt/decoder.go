package rt

import (
	"bytes"
	"encoding/json"
	"maps"
	"weak"
)

// decoderOptions are what the program has set on a json.Decoder, which shows them to nobody.
type decoderOptions struct {
	numbers bool // UseNumber
	strict  bool // DisallowUnknownFields
}

// unmarshal is json.Unmarshal under the options.
func (o decoderOptions) unmarshal(data []byte, into any) error {
	if o == (decoderOptions{}) {
		return json.Unmarshal(data, into)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if o.numbers {
		d.UseNumber()
	}
	if o.strict {
		d.DisallowUnknownFields()
	}
	return d.Decode(into)
}

// useNumber is the method UseNumber of a json.Decoder.
func (r *Runtime) useNumber(d *json.Decoder) {
	d.UseNumber()
	r.setOptions(d, func(o *decoderOptions) { o.numbers = true })
}

// disallowUnknownFields is the method DisallowUnknownFields of a json.Decoder.
func (r *Runtime) disallowUnknownFields(d *json.Decoder) {
	d.DisallowUnknownFields()
	r.setOptions(d, func(o *decoderOptions) { o.strict = true })
}

// setOptions remembers options as long as the decoder lives.
func (r *Runtime) setOptions(d *json.Decoder, set func(*decoderOptions)) {
	maps.DeleteFunc(r.decoders, func(d weak.Pointer[json.Decoder], _ decoderOptions) bool { return d.Value() == nil })
	if r.decoders == nil {
		r.decoders = map[weak.Pointer[json.Decoder]]decoderOptions{}
	}
	o := r.decoders[weak.Make(d)]
	set(&o)
	r.decoders[weak.Make(d)] = o
}

// decodeNext is the method Decode of a json.Decoder.
func (r *Runtime) decodeNext(d *json.Decoder, into any) error {
	if _, ok := unbox(into); !ok {
		if _, ok := into.(*any); !ok {
			return d.Decode(into)
		}
	}
	var raw json.RawMessage
	if err := d.Decode(&raw); err != nil {
		return err
	}
	return r.unmarshalWith(r.decoders[weak.Make(d)], raw, into)
}

// encodeNext is the method Encode of a json.Encoder.
func encodeNext(e *json.Encoder, v any) error {
	b, ok := unbox(v)
	if !ok {
		return withoutBox(e.Encode(v))
	}
	text, err := b.MarshalJSON()
	if err != nil {
		return err
	}
	return e.Encode(json.RawMessage(text))
}
