package main
import ("fmt";"github.com/dop251/goja";"os";"bufio")
func main(){
 sc:=bufio.NewScanner(os.Stdin)
 for sc.Scan(){ vm:=goja.New(); v,err:=vm.RunString(sc.Text()); fmt.Println(sc.Text(),"=>",v,err)}
}
