// Package context.
package main

import (
	"context"
	"errors"
	"fmt"
)

type key struct{ name string }
type user struct{ id int }

func who(ctx context.Context) string {
	if u, ok := ctx.Value(key{"user"}).(user); ok {
		return fmt.Sprint("user ", u.id)
	}
	return "nobody"
}

func main() {
	ctx := context.WithValue(context.Background(), key{"user"}, user{7})
	fmt.Println(who(ctx), who(context.Background()), ctx.Value(key{"x"}) == nil)
	c, cancel := context.WithCancel(ctx)
	fmt.Println(c.Err())
	cancel()
	<-c.Done()
	fmt.Println(c.Err(), errors.Is(c.Err(), context.Canceled), who(c))
	cc, cancel2 := context.WithCancelCause(ctx)
	cancel2(errors.New("why"))
	fmt.Println(context.Cause(cc))
	select {
	case <-c.Done():
		fmt.Println("done")
	default:
		fmt.Println("running")
	}
}
