// Writing through nested structs, maps of pointers and slices.
package main

import "fmt"

type inner struct{ N int }
type mid struct {
	In  inner
	Arr [3]inner
	Ptr *inner
}
type top struct {
	M    mid
	List []mid
	By   map[string]*mid
}

func main() {
	t := top{By: map[string]*mid{}}
	t.M.In.N = 1
	t.M.Arr[2].N = 5
	t.M.Ptr = &inner{9}
	t.M.Ptr.N++
	t.List = append(t.List, t.M)
	t.List[0].Arr[1].N = 3
	t.By["a"] = &t.List[0]
	t.By["a"].In.N += 41
	fmt.Println(t.M.In, t.M.Arr, t.M.Ptr.N, t.List[0].In, t.List[0].Arr)
}
