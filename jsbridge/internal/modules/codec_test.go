package modules

import (
	"encoding/base64"
	"encoding/hex"
	"strings"
)

// textCodec is an encoding of the test's Buffer.
type textCodec struct {
	encode func([]byte) string
	decode func(string) ([]byte, error)
}

func codecForTest(encoding string) textCodec {
	switch encoding {
	case "hex":
		return textCodec{hex.EncodeToString, hex.DecodeString}
	case "base64url":
		return textCodec{base64.RawURLEncoding.EncodeToString, base64.RawURLEncoding.DecodeString}
	}
	return textCodec{base64.StdEncoding.EncodeToString, func(s string) ([]byte, error) {
		return base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
	}}
}
