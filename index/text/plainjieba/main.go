// Plainjieba loads gojieba as its author means it to be loaded and does nothing
// else. The benchmarks of the whole program (bot/cli) are ratios to it.
//
// It prints a line once it has cut its first sentence, and ends when its
// standard input does.
package main

import (
	"fmt"
	"io"
	"os"

	"github.com/yanyiwu/gojieba"
)

func main() {
	j := gojieba.NewJieba()
	defer j.Free()
	fmt.Println(len(j.Cut("今年改造燃气管网多少公里", true)))
	io.Copy(io.Discard, os.Stdin)
}
