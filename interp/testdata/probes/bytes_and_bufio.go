// Buffers and scanners.
package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"
)

type upper struct{ w io.Writer }

func (u upper) Write(p []byte) (int, error) { return u.w.Write(bytes.ToUpper(p)) }

type repeat struct {
	s string
	n int
}

func (r *repeat) Read(p []byte) (int, error) {
	if r.n == 0 {
		return 0, io.EOF
	}
	r.n--
	return copy(p, r.s), nil
}

func main() {
	var b bytes.Buffer
	fmt.Fprintf(upper{&b}, "hello %d\n", 5)
	b.WriteString("line two\nlast")
	sc := bufio.NewScanner(&b)
	for sc.Scan() {
		fmt.Printf("%q ", sc.Text())
	}
	fmt.Println(sc.Err())
	all, err := io.ReadAll(&repeat{"ab", 3})
	fmt.Println(string(all), err)
	ws := bufio.NewScanner(strings.NewReader("a bb  ccc"))
	ws.Split(bufio.ScanWords)
	n := 0
	for ws.Scan() {
		n += len(ws.Bytes())
	}
	fmt.Println(n)
	w := bufio.NewWriter(&b)
	fmt.Fprint(w, "x", 1, 2)
	w.Flush()
	fmt.Println(b.String(), bytes.Contains(b.Bytes(), []byte("1")))
	r := io.TeeReader(strings.NewReader("tee"), &b)
	io.Copy(io.Discard, io.LimitReader(r, 2))
	fmt.Println(b.String())
	pr := io.MultiReader(strings.NewReader("1"), &repeat{"2", 2})
	x, _ := io.ReadAll(pr)
	fmt.Println(string(x))
	rd := bufio.NewReader(strings.NewReader("k=v\nrest"))
	line, err := rd.ReadString('\n')
	fmt.Printf("%q %v\n", line, err)
	_, err = rd.ReadString('\n')
	fmt.Println(err == io.EOF)
	f := bytes.Fields([]byte(" a b "))
	fmt.Printf("%s %d\n", f, bytes.Count([]byte("cheese"), []byte("e")))
}
