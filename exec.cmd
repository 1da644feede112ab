@rem Lets `exec node` in the scripts of package.json work in cmd.exe too: elsewhere it makes the shell become the server, which then hears signals itself.
@%*
