// Packages html and path.
package main

import (
	"fmt"
	"html"
	"path"
)

func main() {
	fmt.Println(html.EscapeString("<a href=\"x\">&</a>"), html.UnescapeString("&lt;&eacute;&#39;"))
	fmt.Println(path.Join("a", "../b", "/c"), path.Base("/x/y.go"), path.Ext("f.tar.gz"), path.Dir("/a/b"), path.Clean("a//b/./c/.."), path.IsAbs("/x"))
	ok, err := path.Match("*.go", "x.go")
	fmt.Println(ok, err)
}
