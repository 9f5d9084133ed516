package wecom

import (
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"jinwen/handlers/chat"
)

// maxNameBytes is the greatest length of a file's name.
const maxNameBytes = 256

// upload sends a file in parts and returns the id under which it can be shown
// for three days. Parts may arrive twice; the last finish counts.
func (w *WeCom) upload(ctx context.Context, a chat.Attachment) (kind, id string, err error) {
	kind = "file"
	if a.Image {
		kind = "image"
	}
	chunks := (len(a.Data) + maxChunk - 1) / maxChunk
	if len(a.Data) > maxFileBytes || chunks > maxChunks || len(a.Name) > maxNameBytes {
		return "", "", fmt.Errorf("wecom: file of %d bytes is more than %d", len(a.Data), maxFileBytes)
	}
	sum := md5.Sum(a.Data)
	f, err := w.link.call(ctx, cmdInit, newID(), map[string]any{
		"type": kind, "filename": a.Name, "total_size": len(a.Data), "total_chunks": chunks, "md5": hex.EncodeToString(sum[:]),
	})
	if err != nil {
		return "", "", err
	}
	var begun struct {
		ID string `json:"upload_id"`
	}
	if err := json.Unmarshal(f.Body, &begun); err != nil {
		return "", "", fmt.Errorf("wecom: %s: %w", cmdInit, err)
	}
	for i := range chunks {
		part := a.Data[i*maxChunk : min((i+1)*maxChunk, len(a.Data))]
		if _, err := w.link.call(ctx, cmdChunk, newID(), map[string]any{
			"upload_id": begun.ID, "chunk_index": i, "base64_data": base64.StdEncoding.EncodeToString(part),
		}); err != nil {
			return "", "", err
		}
	}
	if f, err = w.link.call(ctx, cmdFinish, newID(), map[string]string{"upload_id": begun.ID}); err != nil {
		return "", "", err
	}
	var done struct {
		ID string `json:"media_id"`
	}
	if err := json.Unmarshal(f.Body, &done); err != nil {
		return "", "", fmt.Errorf("wecom: %s: %w", cmdFinish, err)
	}
	return kind, done.ID, nil
}
