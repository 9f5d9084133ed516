package config

import (
	"fmt"
	"time"
)

// Embeddings is a server with OpenAI's /v1/embeddings that helps the built-in
// word vectors.
type Embeddings struct {
	URL     string        `yaml:"url" env:"JINWEN_EMBEDDINGS_URL"`           // of its API, http://host:port/v1; "" uses none
	Model   string        `yaml:"model" env:"JINWEN_EMBEDDINGS_MODEL"`       // as the server names it
	KeyFile string        `yaml:"key_file" env:"JINWEN_EMBEDDINGS_KEY_FILE"` // holds the server's key and nothing else; "" sends none
	Timeout time.Duration `yaml:"timeout" env:"JINWEN_EMBEDDINGS_TIMEOUT"`   // how long a question waits for it

	Key Secret // what is in KeyFile; no setting of its own
}

// Set reports whether there is a server.
func (e *Embeddings) Set() bool { return e.URL != "" }

func (e *Embeddings) problems() []problem {
	var out []problem
	if e.Set() && isURL(e.URL, "http", "https") != nil {
		out = append(out, problem{key: "embeddings.url", text: fmt.Sprintf("%q is not the address of a server: want http://host:port/v1", e.URL)})
	}
	switch {
	case e.Set() && e.Model == "":
		out = append(out, problem{"embeddings.model", "is missing, and embeddings.url needs it: want the model's name as the server has it", "embeddings.url"})
	case !e.Set() && e.Model != "":
		out = append(out, problem{"embeddings.url", "is missing, and embeddings.model needs it: want http://host:port/v1", "embeddings.model"})
	case !e.Set() && e.KeyFile != "":
		out = append(out, problem{"embeddings.url", "is missing, and embeddings.key_file needs it: want http://host:port/v1", "embeddings.key_file"})
	}
	if e.Timeout < 10*time.Millisecond || e.Timeout > 10*time.Second {
		out = append(out, problem{key: "embeddings.timeout", text: fmt.Sprintf("%v is out of range: want 10ms to 10s, with its unit", e.Timeout)})
	}
	return out
}
