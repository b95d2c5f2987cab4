// Parsing and building URLs.
package main

import (
	"fmt"
	"net/url"
)

func main() {
	u, err := url.Parse("https://user:pw@example.org:8080/a%20b/c?q=1&q=2&z=%26#frag")
	fmt.Println(err, u.Scheme, u.Host, u.Port(), u.Hostname(), u.Path, u.Fragment, u.User.Username())
	q := u.Query()
	fmt.Println(q["q"], q.Get("z"), q.Has("none"))
	q.Set("new", "a b")
	q.Del("q")
	u.RawQuery = q.Encode()
	u.User = nil
	fmt.Println(u.String(), u)
	v := url.Values{"b": {"2"}, "a": {"1", "x y"}}
	fmt.Println(v.Encode(), url.QueryEscape("a&b c"), url.PathEscape("a/b"))
	ref, _ := u.Parse("../d?x=1")
	fmt.Println(ref)
	_, err = url.Parse("http://[bad")
	fmt.Println(err)
	s, err := url.QueryUnescape("%zz")
	fmt.Printf("%q %v\n", s, err)
	w := url.URL{Scheme: "http", Host: "h", Path: "/p"}
	fmt.Println(w.String(), &w)
}
