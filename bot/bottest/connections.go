package bottest

import (
	"net"
	"sync"
)

// countingListener counts the connections that are open.
type countingListener struct {
	net.Listener
	s *Server
}

func (l countingListener) Accept() (net.Conn, error) {
	c, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	l.s.connected(1)
	return &countedConn{Conn: c, s: l.s}, nil
}

type countedConn struct {
	net.Conn
	s    *Server
	once sync.Once
}

func (c *countedConn) Close() error {
	c.once.Do(func() { c.s.connected(-1) })
	return c.Conn.Close()
}

// reset closes with a reset instead of an orderly end.
func (c *countedConn) reset() error {
	if tcp, ok := c.Conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	return c.Close()
}

func (s *Server) connected(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.open += n
	s.notify()
}
