// Conditions of several operands in every place.
package main

import "fmt"

func f0(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if a || b && c {
			break
		}
		x++
	}
	if a || b && c {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g0(a, b, c bool, x, y, z int) bool {
	r := a || b && c
	return r != (a || b && c) || a || b && c
}
func h0(a, b, c bool, x, y, z int) bool {
	for a || b && c {
		return true
	}
	return a || b && c
}
func f1(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if a && b || c {
			break
		}
		x++
	}
	if a && b || c {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g1(a, b, c bool, x, y, z int) bool {
	r := a && b || c
	return r != (a && b || c) || a && b || c
}
func h1(a, b, c bool, x, y, z int) bool {
	for a && b || c {
		return true
	}
	return a && b || c
}
func f2(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if a || b || c {
			break
		}
		x++
	}
	if a || b || c {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g2(a, b, c bool, x, y, z int) bool {
	r := a || b || c
	return r != (a || b || c) || a || b || c
}
func h2(a, b, c bool, x, y, z int) bool {
	for a || b || c {
		return true
	}
	return a || b || c
}
func f3(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if a && b && c {
			break
		}
		x++
	}
	if a && b && c {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g3(a, b, c bool, x, y, z int) bool {
	r := a && b && c
	return r != (a && b && c) || a && b && c
}
func h3(a, b, c bool, x, y, z int) bool {
	for a && b && c {
		return true
	}
	return a && b && c
}
func f4(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if !a || b {
			break
		}
		x++
	}
	if !a || b {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g4(a, b, c bool, x, y, z int) bool {
	r := !a || b
	return r != (!a || b) || !a || b
}
func h4(a, b, c bool, x, y, z int) bool {
	for !a || b {
		return true
	}
	return !a || b
}
func f5(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if !a && !b {
			break
		}
		x++
	}
	if !a && !b {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g5(a, b, c bool, x, y, z int) bool {
	r := !a && !b
	return r != (!a && !b) || !a && !b
}
func h5(a, b, c bool, x, y, z int) bool {
	for !a && !b {
		return true
	}
	return !a && !b
}
func f6(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if !(a || b) {
			break
		}
		x++
	}
	if !(a || b) {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g6(a, b, c bool, x, y, z int) bool {
	r := !(a || b)
	return r != (!(a || b)) || !(a || b)
}
func h6(a, b, c bool, x, y, z int) bool {
	for !(a || b) {
		return true
	}
	return !(a || b)
}
func f7(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if !(a && b) {
			break
		}
		x++
	}
	if !(a && b) {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g7(a, b, c bool, x, y, z int) bool {
	r := !(a && b)
	return r != (!(a && b)) || !(a && b)
}
func h7(a, b, c bool, x, y, z int) bool {
	for !(a && b) {
		return true
	}
	return !(a && b)
}
func f8(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if a || !b && c {
			break
		}
		x++
	}
	if a || !b && c {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g8(a, b, c bool, x, y, z int) bool {
	r := a || !b && c
	return r != (a || !b && c) || a || !b && c
}
func h8(a, b, c bool, x, y, z int) bool {
	for a || !b && c {
		return true
	}
	return a || !b && c
}
func f9(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if (a || b) && c {
			break
		}
		x++
	}
	if (a || b) && c {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g9(a, b, c bool, x, y, z int) bool {
	r := (a || b) && c
	return r != ((a || b) && c) || (a || b) && c
}
func h9(a, b, c bool, x, y, z int) bool {
	for (a || b) && c {
		return true
	}
	return (a || b) && c
}
func f10(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if a && (b || c) {
			break
		}
		x++
	}
	if a && (b || c) {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g10(a, b, c bool, x, y, z int) bool {
	r := a && (b || c)
	return r != (a && (b || c)) || a && (b || c)
}
func h10(a, b, c bool, x, y, z int) bool {
	for a && (b || c) {
		return true
	}
	return a && (b || c)
}
func f11(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if x == 1 || y == 2 && z != 3 {
			break
		}
		x++
	}
	if x == 1 || y == 2 && z != 3 {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g11(a, b, c bool, x, y, z int) bool {
	r := x == 1 || y == 2 && z != 3
	return r != (x == 1 || y == 2 && z != 3) || x == 1 || y == 2 && z != 3
}
func h11(a, b, c bool, x, y, z int) bool {
	for x == 1 || y == 2 && z != 3 {
		return true
	}
	return x == 1 || y == 2 && z != 3
}
func f12(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if !a || x != 1 && y != 2 {
			break
		}
		x++
	}
	if !a || x != 1 && y != 2 {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g12(a, b, c bool, x, y, z int) bool {
	r := !a || x != 1 && y != 2
	return r != (!a || x != 1 && y != 2) || !a || x != 1 && y != 2
}
func h12(a, b, c bool, x, y, z int) bool {
	for !a || x != 1 && y != 2 {
		return true
	}
	return !a || x != 1 && y != 2
}
func f13(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if a != b || c {
			break
		}
		x++
	}
	if a != b || c {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g13(a, b, c bool, x, y, z int) bool {
	r := a != b || c
	return r != (a != b || c) || a != b || c
}
func h13(a, b, c bool, x, y, z int) bool {
	for a != b || c {
		return true
	}
	return a != b || c
}
func f14(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if !(x == 1) && y == 2 {
			break
		}
		x++
	}
	if !(x == 1) && y == 2 {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g14(a, b, c bool, x, y, z int) bool {
	r := !(x == 1) && y == 2
	return r != (!(x == 1) && y == 2) || !(x == 1) && y == 2
}
func h14(a, b, c bool, x, y, z int) bool {
	for !(x == 1) && y == 2 {
		return true
	}
	return !(x == 1) && y == 2
}
func f15(a, b, c bool, x, y, z int) string {
	n := 0
	for {
		n++
		if n > 3 {
			return "over"
		}
		if x == 1 && y == 2 || z == 3 && a {
			break
		}
		x++
	}
	if x == 1 && y == 2 || z == 3 && a {
		return fmt.Sprint("yes", n)
	} else {
		return fmt.Sprint("no", n)
	}
}
func g15(a, b, c bool, x, y, z int) bool {
	r := x == 1 && y == 2 || z == 3 && a
	return r != (x == 1 && y == 2 || z == 3 && a) || x == 1 && y == 2 || z == 3 && a
}
func h15(a, b, c bool, x, y, z int) bool {
	for x == 1 && y == 2 || z == 3 && a {
		return true
	}
	return x == 1 && y == 2 || z == 3 && a
}
func main() {
	for i := range 8 {
		fmt.Print(f0(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g0(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h0(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(0)
	for i := range 8 {
		fmt.Print(f1(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g1(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h1(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(1)
	for i := range 8 {
		fmt.Print(f2(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g2(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h2(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(2)
	for i := range 8 {
		fmt.Print(f3(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g3(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h3(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(3)
	for i := range 8 {
		fmt.Print(f4(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g4(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h4(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(4)
	for i := range 8 {
		fmt.Print(f5(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g5(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h5(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(5)
	for i := range 8 {
		fmt.Print(f6(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g6(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h6(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(6)
	for i := range 8 {
		fmt.Print(f7(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g7(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h7(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(7)
	for i := range 8 {
		fmt.Print(f8(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g8(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h8(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(8)
	for i := range 8 {
		fmt.Print(f9(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g9(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h9(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(9)
	for i := range 8 {
		fmt.Print(f10(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g10(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h10(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(10)
	for i := range 8 {
		fmt.Print(f11(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g11(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h11(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(11)
	for i := range 8 {
		fmt.Print(f12(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g12(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h12(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(12)
	for i := range 8 {
		fmt.Print(f13(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g13(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h13(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(13)
	for i := range 8 {
		fmt.Print(f14(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g14(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h14(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(14)
	for i := range 8 {
		fmt.Print(f15(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), g15(i&1 != 0, i&2 != 0, i&4 != 0, i, 2, 3), h15(i&1 != 0, i&2 != 0, i&4 != 0, i%2, i/2, 3), " ")
	}
	fmt.Println(15)
}
