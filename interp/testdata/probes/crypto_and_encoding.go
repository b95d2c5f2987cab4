// Hashes and encodings.
package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"hash/fnv"
	"io"
)

func main() {
	fmt.Printf("%x\n", sha256.Sum256([]byte("abc")))
	sum := md5.Sum([]byte("abc"))
	fmt.Println(hex.EncodeToString(sum[:]), fmt.Sprintf("%x", sha1.Sum([]byte("x")))[:8], len(sha512.Sum512(nil)))
	h := sha256.New()
	h.Write([]byte("a"))
	io.WriteString(h, "bc")
	fmt.Printf("%x\n", h.Sum(nil)[:4])
	mac := hmac.New(sha256.New, []byte("key"))
	mac.Write([]byte("msg"))
	fmt.Println(hex.EncodeToString(mac.Sum(nil))[:16], hmac.Equal(mac.Sum(nil), mac.Sum(nil)))
	e := base64.StdEncoding.EncodeToString([]byte("hello?>"))
	d, err := base64.URLEncoding.DecodeString("aGk_")
	fmt.Println(e, string(d), err, base64.RawStdEncoding.EncodeToString([]byte{1}))
	_, err = base64.StdEncoding.DecodeString("!!")
	fmt.Println(err)
	f := fnv.New32a()
	f.Write([]byte("x"))
	fmt.Println(f.Sum32(), crc32.ChecksumIEEE([]byte("abc")))
	b := make([]byte, 8)
	binary.BigEndian.PutUint32(b, 0xdeadbeef)
	binary.LittleEndian.PutUint16(b[4:], 0x1234)
	fmt.Println(b, binary.BigEndian.Uint64(b), bytes.Equal(b, b))
	_, err = hex.DecodeString("zz")
	fmt.Println(err)
}
