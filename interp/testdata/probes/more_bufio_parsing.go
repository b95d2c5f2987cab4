// Reading structured text.
package main

import (
	"bufio"
	"fmt"
	"strconv"
	"strings"
)

type sec struct {
	name  string
	kv    map[string]string
	order []string
}

func parse(r string) (out []*sec, err error) {
	sc := bufio.NewScanner(strings.NewReader(r))
	var cur *sec
	for n := 1; sc.Scan(); n++ {
		l := strings.TrimSpace(sc.Text())
		switch {
		case l == "" || l[0] == '#':
			continue
		case strings.HasPrefix(l, "[") && strings.HasSuffix(l, "]"):
			cur = &sec{name: l[1 : len(l)-1], kv: map[string]string{}}
			out = append(out, cur)
		default:
			k, v, ok := strings.Cut(l, "=")
			if !ok || cur == nil {
				return out, fmt.Errorf("line %d: bad %q", n, l)
			}
			k, v = strings.TrimSpace(k), strings.TrimSpace(v)
			if u, err := strconv.Unquote(v); err == nil {
				v = u
			}
			cur.kv[k] = v
			cur.order = append(cur.order, k)
		}
	}
	return out, sc.Err()
}

func main() {
	ss, err := parse("# c\n[a]\nx = 1\ny=\"q z\"\n\n[b]\nk=v=w\n")
	for _, s := range ss {
		fmt.Print(s.name, ": ")
		for _, k := range s.order {
			fmt.Printf("%s=%q ", k, s.kv[k])
		}
	}
	fmt.Println(err)
	_, err = parse("[a]\nnope")
	fmt.Println(err)
	w := bufio.NewScanner(strings.NewReader("one two\nthree"))
	w.Split(bufio.ScanWords)
	w.Buffer(make([]byte, 16), 32)
	c := map[int]int{}
	for w.Scan() {
		c[len(w.Text())]++
	}
	fmt.Println(c)
	rr := bufio.NewReader(strings.NewReader("aé\nb"))
	for {
		r, n, err := rr.ReadRune()
		if err != nil {
			fmt.Println(err)
			break
		}
		fmt.Print(string(r), n, " ")
	}
}
