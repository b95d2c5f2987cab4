package piiredact

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
)

// hash is the HMAC of a text, in hexadecimal digits.
func (r *redactor) hash(text string) string {
	mac := hmac.New(sha256.New, r.salt)
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}
