// Regular expressions.
package main

import (
	"fmt"
	"regexp"
	"strings"
)

var re = regexp.MustCompile(`(?P<user>\w+)@(\w+)\.com`)

func main() {
	s := "bob@example.com, amy@test.com"
	fmt.Println(re.MatchString(s), re.FindString(s), re.FindAllString(s, -1))
	fmt.Println(re.FindStringSubmatch(s), re.FindStringIndex(s), re.SubexpNames())
	fmt.Println(re.ReplaceAllString(s, "$2:$1"), re.ReplaceAllStringFunc(s, strings.ToUpper))
	m := re.FindStringSubmatch(s)
	fmt.Println(m[re.SubexpIndex("user")], len(re.FindAllStringSubmatchIndex(s, -1)))
	fmt.Println(regexp.QuoteMeta("a.b*c"), regexp.MustCompile(`\s+`).Split("a  b c", -1))
	_, err := regexp.Compile("(")
	fmt.Println(err)
	fmt.Printf("%q\n", regexp.MustCompile(`a*`).FindAllString("baaac", -1))
}
