// Reading and writing records.
package main

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
)

type item struct {
	SKU   string   `json:"sku"`
	Qty   int      `json:"qty"`
	Price float64  `json:"price"`
	Tags  []string `json:"tags,omitempty"`
	Dim   *dim     `json:"dim,omitempty"`
}
type dim struct{ W, H int }
type inv struct {
	Items []item         `json:"items"`
	Meta  map[string]any `json:"meta"`
}

func (i item) total() float64 { return float64(i.Qty) * i.Price }

type byTotal []item

func (b byTotal) Len() int           { return len(b) }
func (b byTotal) Less(i, j int) bool { return b[i].total() > b[j].total() }
func (b byTotal) Swap(i, j int)      { b[i], b[j] = b[j], b[i] }

func main() {
	var v inv
	err := json.Unmarshal([]byte(`{"items":[{"sku":"a","qty":2,"price":1.5},{"sku":"b","qty":1,"price":10,"tags":["x"],"dim":{"W":1,"h":2}}],"meta":{"n":1,"l":[1,"2"]}}`), &v)
	fmt.Println(err, len(v.Items), v.Meta)
	sort.Sort(byTotal(v.Items))
	for _, i := range v.Items {
		fmt.Printf("%s %.2f %v %v\n", i.SKU, i.total(), i.Tags, i.Dim != nil && i.Dim.H == 2)
	}
	out, _ := json.Marshal(v)
	fmt.Println(string(out))
	out, _ = json.MarshalIndent(v.Items[0], ">", " ")
	fmt.Println(strings.Count(string(out), "\n"), string(out))
}
