package fetch

import (
	"bytes"
	"testing"
)

// FuzzDecode checks that a cassette is refused with its line or, once written, stays as it is.
func FuzzDecode(f *testing.F) {
	const head = `{"cassette":"plugreel","version":1,"salt":"000102030405060708090a0b0c0d0e0f"}` + "\n"
	for _, seed := range []string{
		"", "{}", head,
		head + `{"request":{"method":"GET","url":"http://h/"},"response":{"status":200,"body_json":{"a":1}}}`,
		head + `{"request":{"method":"PUT","url":"http://h/","headers":["a: b"],"body_base64":"/w=="},"response":{"status":200,"body_json":[ ]}}`,
		head + `{"request":{"method":"GET","url":"http://[secret]@h/","redirect":"manual"},"id":"FFffffffffffffffffffffffffffffff","response":{"status":200,"url":"x","redirected":true,"body":"\ud800"}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		salt, exchanges, err := decode("c", data)
		if err != nil {
			if e, ok := err.(*CassetteError); !ok || e.Line < 1 || e.Line > bytes.Count(data, []byte("\n"))+1 {
				t.Fatalf("decode(%q) = %v, want a line of it", data, err)
			}
			return
		}
		once := encode(salt, exchanges)
		salt, exchanges, err = decode("c", once)
		if err != nil {
			t.Fatalf("decode(%q) = %v, want what was written to be readable", once, err)
		}
		if twice := encode(salt, exchanges); !bytes.Equal(once, twice) {
			t.Fatalf("written as %q, then as %q", once, twice)
		}
	})
}
