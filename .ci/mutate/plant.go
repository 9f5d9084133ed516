package main

import (
	"go/ast"
	"go/token"
	"strconv"
)

// turned are the operators that are mistaken for each other.
var turned = map[token.Token][]token.Token{
	token.LSS: {token.LEQ, token.GEQ}, token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ}, token.GEQ: {token.GTR, token.LSS},
	token.EQL: {token.NEQ}, token.NEQ: {token.EQL},
	token.LAND: {token.LOR}, token.LOR: {token.LAND},
	token.ADD: {token.SUB}, token.SUB: {token.ADD},
}

// mutants returns all small bugs that can be planted into the functions of tree.
func mutants(fset *token.FileSet, tree *ast.File) []mutant {
	var out []mutant
	add := func(n ast.Node, what string, apply, undo func()) {
		out = append(out, mutant{pos: fset.Position(n.Pos()), what: what, apply: apply, undo: undo})
	}
	condition := func(cond *ast.Expr) {
		if *cond == nil {
			return
		}
		old := *cond
		add(old, "condition negated", func() { *cond = &ast.UnaryExpr{Op: token.NOT, X: &ast.ParenExpr{X: old}} }, func() { *cond = old })
	}
	statements := func(list []ast.Stmt) {
		for i, s := range list {
			x, ok := s.(*ast.ExprStmt)
			if !ok {
				continue
			}
			if call, ok := x.X.(*ast.CallExpr); ok && !quiet(call) {
				add(s, "call dropped", func() { list[i] = &ast.EmptyStmt{} }, func() { list[i] = s })
			}
		}
	}
	spare := make(map[ast.Node]bool) // what changes nothing that a test should see
	visit := func(n ast.Node) bool {
		if spare[n] {
			return false
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			if f, ok := n.Fun.(*ast.Ident); ok && f.Name == "make" && len(n.Args) == 3 {
				spare[n.Args[2]] = true
			}
			if _, ok := n.Fun.(*ast.SelectorExpr); ok && quiet(n) {
				for _, x := range n.Args {
					spare[x] = true
				}
			}
		case *ast.BinaryExpr:
			for _, op := range turned[n.Op] {
				old := n.Op
				add(n, old.String()+" for "+op.String(), func() { n.Op = op }, func() { n.Op = old })
			}
		case *ast.BasicLit:
			if v, err := strconv.Atoi(n.Value); n.Kind == token.INT && err == nil {
				old := n.Value
				add(n, old+" off by one", func() { n.Value = strconv.Itoa(v + 1) }, func() { n.Value = old })
			}
		case *ast.IfStmt:
			condition(&n.Cond)
		case *ast.BlockStmt:
			statements(n.List)
		case *ast.CaseClause:
			statements(n.Body)
		}
		return true
	}
	for _, d := range tree.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil {
			ast.Inspect(f.Body, visit)
		}
	}
	return out
}

// ignored reports whether a dropped call changes nothing that a test should see:
// log lines, how much room is made ahead, and panics that cannot happen. What
// such a call is given changes as little.
func quiet(call *ast.CallExpr) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "panic"
	case *ast.SelectorExpr:
		switch f.Sel.Name {
		case "Debug", "Info", "Warn", "Error":
			x, ok := f.X.(*ast.Ident)
			return !ok || x.Name != "http" // http.Error is an answer
		case "Grow":
			return len(call.Args) == 1
		}
	}
	return false
}
