package bottest

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

//go:generate go run ./trimspec -in ../../../shared/telegram-bot-api.json -out spec.json

//go:embed spec.json
var specJSON []byte

// apiSpec is the part of the Bot API that bottest knows. Types are joined by
// "|", required fields start with "!".
type apiSpec struct {
	Methods map[string]map[string]string
	Types   map[string]json.RawMessage // an object of fields, or a list of members
}

var spec = func() (s apiSpec) {
	if err := json.Unmarshal(specJSON, &s); err != nil {
		panic("bottest: spec.json: " + err.Error()) // embedded and tested
	}
	return s
}()

// checkParams checks the parameters of one call: every name known, every
// required one there, every value of its type. files holds the names of the
// uploaded parts.
func checkParams(method string, params map[string]string, files map[string]Upload) error {
	fields := spec.Methods[method]
	for name, value := range params {
		types, ok := fields[name]
		if !ok {
			return fmt.Errorf("unknown parameter %q of %s", name, method)
		}
		if err := checkAny(types, value); err != nil {
			return fmt.Errorf("parameter %q of %s: %w", name, method, err)
		}
	}
	for name := range files {
		if types, ok := fields[name]; !ok || !strings.Contains(types, "InputFile") {
			return fmt.Errorf("%s takes no file %q", method, name)
		}
	}
	for name, types := range fields {
		_, file := files[name]
		if _, ok := params[name]; strings.HasPrefix(types, "!") && !ok && !file {
			return fmt.Errorf("parameter %q of %s is missing", name, method)
		}
	}
	return nil
}

// checkAny checks a form value, where a string is unquoted and everything but
// a plain scalar is JSON.
func checkAny(types, value string) error {
	var first error
	for t := range strings.SplitSeq(strings.TrimPrefix(types, "!"), "|") {
		err := checkForm(t, value)
		if err == nil {
			return nil
		}
		if first == nil {
			first = err
		}
	}
	return first
}

func checkForm(t, value string) error {
	switch t {
	case "String", "InputFile":
		return nil
	case "Integer":
		_, err := strconv.ParseInt(value, 10, 64)
		return err
	case "Float":
		_, err := strconv.ParseFloat(value, 64)
		return err
	case "Boolean":
		if value != "true" && value != "false" {
			return fmt.Errorf("%q is no boolean", value)
		}
		return nil
	}
	if !json.Valid([]byte(value)) {
		return fmt.Errorf("can't parse JSON object of type %s", t)
	}
	return checkJSON(t, json.RawMessage(value))
}

// checkJSON checks a JSON value against a type of the Bot API.
func checkJSON(t string, raw json.RawMessage) error {
	var err error
	switch t {
	case "String", "InputFile":
		var v string
		err = json.Unmarshal(raw, &v)
	case "Integer":
		var v int64
		err = json.Unmarshal(raw, &v)
	case "Float":
		var v float64
		err = json.Unmarshal(raw, &v)
	case "Boolean", "True":
		var v bool
		err = json.Unmarshal(raw, &v)
	default:
		if elem, ok := strings.CutPrefix(t, "Array of "); ok {
			return checkArray(elem, raw)
		}
		return checkObject(t, raw)
	}
	if err != nil {
		return fmt.Errorf("want %s", t)
	}
	return nil
}

func checkArray(elem string, raw json.RawMessage) error {
	var list []json.RawMessage
	if err := json.Unmarshal(raw, &list); err != nil {
		return fmt.Errorf("want an array of %s", elem)
	}
	for i, x := range list {
		if err := checkJSON(elem, x); err != nil {
			return fmt.Errorf("%d: %w", i, err)
		}
	}
	return nil
}

func checkObject(t string, raw json.RawMessage) error {
	def, ok := spec.Types[t]
	if !ok {
		return fmt.Errorf("type %s is not known to bottest", t)
	}
	var members []string
	if json.Unmarshal(def, &members) == nil {
		return checkUnion(t, members, raw)
	}
	var fields map[string]string
	if err := json.Unmarshal(def, &fields); err != nil {
		return fmt.Errorf("spec.json: %s: %w", t, err)
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return fmt.Errorf("want an object of type %s", t)
	}
	for name, value := range object {
		types, ok := fields[name]
		if !ok {
			return fmt.Errorf("unknown field %q of %s", name, t)
		}
		var first error
		for x := range strings.SplitSeq(strings.TrimPrefix(types, "!"), "|") {
			err := checkJSON(x, value)
			if err == nil {
				first = nil
				break
			}
			if first == nil {
				first = err
			}
		}
		if first != nil {
			return fmt.Errorf("field %q of %s: %w", name, t, first)
		}
	}
	for name, types := range fields {
		if _, ok := object[name]; strings.HasPrefix(types, "!") && !ok {
			return fmt.Errorf("field %q of %s is missing", name, t)
		}
	}
	return nil
}

// checkUnion accepts what one of the members accepts.
func checkUnion(t string, members []string, raw json.RawMessage) error {
	err := fmt.Errorf("no member of %s is known to bottest", t)
	for _, m := range members {
		if err = checkObject(m, raw); err == nil {
			return nil
		}
	}
	return err
}
