// Types that refer to each other.
package main

import "fmt"

type author struct {
	name  string
	books []book
}
type book struct {
	title string
	by    *author
	refs  map[string]book
}

func main() {
	a := &author{name: "A"}
	a.books = append(a.books, book{"one", a, nil}, book{title: "two", by: a})
	a.books[1].refs = map[string]book{"one": a.books[0]}
	fmt.Println(len(a.books), a.books[1].refs["one"].by.books[1].title)
}
