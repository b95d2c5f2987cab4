// Values behind an interface.
package main

import (
	"fmt"
	"math"
)

type shape interface {
	area() float64
	perimeter() float64
}
type rect struct{ w, h float64 }
type circle struct{ r float64 }

func (r rect) area() float64         { return r.w * r.h }
func (r rect) perimeter() float64    { return 2 * (r.w + r.h) }
func (c *circle) area() float64      { return math.Pi * c.r * c.r }
func (c *circle) perimeter() float64 { return 2 * math.Pi * c.r }

func total(shapes ...shape) (sum float64) {
	for _, s := range shapes {
		sum += s.area()
	}
	return
}

func main() {
	shapes := []shape{rect{2, 3}, &circle{1}}
	for _, s := range shapes {
		fmt.Printf("%.2f %.2f %T\n", s.area(), s.perimeter(), s)
	}
	fmt.Printf("%.3f\n", total(shapes...))
	shapes[1].(*circle).r = 2
	fmt.Printf("%.3f\n", total(shapes[1]))
}
