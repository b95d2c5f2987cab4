// Package encoding/json with types of the program.
package main

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

type address struct {
	Street string `json:"street"`
	Zip    *int   `json:"zip,omitempty"`
}

type meta struct {
	Created time.Time `json:"created"`
	Source  string    `json:"source"`
}

type user struct {
	meta
	Name    string         `json:"name"`
	Age     int            `json:"age"`
	Emails  []string       `json:"emails"`
	Addr    *address       `json:"addr,omitempty"`
	Tags    map[string]any `json:"tags"`
	secret  string
	Skip    string          `json:"-"`
	Score   float64         `json:",omitempty"`
	Friends []user          `json:"friends,omitempty"`
	Raw     json.RawMessage `json:"raw,omitempty"`
	Count   int             `json:"count,string"`
}

type status int

func (s status) MarshalJSON() ([]byte, error) { return json.Marshal(fmt.Sprintf("status-%d", int(s))) }
func (s *status) UnmarshalJSON(b []byte) error {
	var t string
	if err := json.Unmarshal(b, &t); err != nil {
		return err
	}
	_, err := fmt.Sscanf(t, "status-%d", (*int)(s))
	return err
}

func main() {
	zip := 1010
	u := user{Name: "Ann", Age: 30, Emails: nil, Addr: &address{"Main <St>", &zip}, Tags: map[string]any{"b": 1, "a": []int{1}}, secret: "x", Raw: json.RawMessage(`{"k":1}`)}
	u.Source = "web"
	text, err := json.Marshal(u)
	fmt.Println(string(text), err)
	var back user
	err = json.Unmarshal([]byte(`{"name":"Bob","AGE":41,"emails":["a","b"],"addr":{"street":"S"},"tags":{"x":1.5,"y":null,"z":[true]},"friends":[{"name":"C"}],"created":"2024-01-02T03:04:05Z","source":"api","count":"7","unknown":1}`), &back)
	fmt.Println(err, back.Name, back.Age, back.Emails, back.Addr.Street, back.Addr.Zip == nil, back.Tags, back.Friends[0].Name, back.Created.Year(), back.Source, back.Count)
	text, err = json.MarshalIndent(map[string]any{"s": status(3), "l": []status{1, 2}, "p": &address{}}, "", "  ")
	fmt.Println(string(text), err)
	var st struct{ S []status }
	fmt.Println(json.Unmarshal([]byte(`{"s":["status-4"]}`), &st), st.S[0] == 4)
	err = json.Unmarshal([]byte(`{"name":5}`), &back)
	fmt.Println(err)
	err = json.Unmarshal([]byte(`{"name":`), &back)
	fmt.Println(err)
	dec := json.NewDecoder(strings.NewReader(`{"street":"one"} {"street":"two"}`))
	for dec.More() {
		var a address
		if err := dec.Decode(&a); err != nil {
			fmt.Println(err)
			break
		}
		fmt.Println(a.Street)
	}
	var v any
	_ = json.Unmarshal([]byte(`[1,"a",{"b":null}]`), &v)
	fmt.Println(v, v.([]any)[2].(map[string]any)["b"] == nil)
}
