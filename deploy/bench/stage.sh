# Sourced by the scripts beside it: a published gateway with a Redis, an nginx as the application and users of its own, all of them in
# a temporary folder and on ports of their own, and gone when the script ends.
export PATH="$PATH:/usr/sbin:/sbin" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDTERMINALLOGGER=off
bench=$(cd "$(dirname "$0")" && pwd)
"$bench/../install-test-tools" redis-server nginx wrk curl

stage=$(mktemp -d)
started=""
trap 'kill $started 2>/dev/null; wait 2>/dev/null; rm -rf "$stage"' EXIT
trap 'exit 1' HUP INT TERM

first=$((20000 + $$ % 20000))
redis=$first
site=$((first + 1))
url="http://127.0.0.1:$((first + 2))"
export ConnectionStrings__Redis="127.0.0.1:$redis" ConnectionStrings__Users="Data Source=$stage/gateway.db" \
  Gateway__Management__Url="http://127.0.0.1:$((first + 3))" Gateway__TrustedProxies__0=127.0.0.1 ASPNETCORE_URLS="$url" \
  ReverseProxy__Clusters__site__Destinations__one__Address="http://127.0.0.1:$site/" Logging__LogLevel__Default=Error

gateway() { (cd "$stage" && dotnet "$stage/app/Gateway.dll" "$@"); }

# Starts something in the background and waits until it answers at a port.
start() {
  port=$1
  shift
  "$@" >"$stage/$port.log" 2>&1 &
  started="$started $!"
  for _ in $(seq 200); do
    curl -s -o /dev/null --max-time 1 "http://127.0.0.1:$port/" || [ $? = 52 ] && return
    sleep 0.1
  done
  cat "$stage/$port.log" >&2
  exit 1
}

publish() {
  dotnet publish "$bench/../../Gateway" --configuration Release --use-current-runtime --no-self-contained --output "$stage/app" --nologo --verbosity quiet --disable-build-servers
  cp "$bench/../../appsettings.json" "$stage/"
}

# What plays many visitors, and writes their data with the gateway's own code.
publish_crowds() {
  dotnet publish "$bench/crowds" --configuration Release --output "$stage/crowds" --nologo --verbosity quiet --disable-build-servers
}

crowds() { (cd "$stage" && dotnet "$stage/crowds/Crowds.dll" "$@"); }

serve() {
  start "$redis" redis-server --port "$redis" --bind 127.0.0.1 --save "" --dir "$stage"
  cat >"$stage/nginx.conf" <<END
daemon off; pid $stage/nginx.pid; error_log stderr; worker_processes 1;
events { worker_connections 2048; }
http { access_log off; keepalive_requests 10000000; server { listen 127.0.0.1:$site; location / { return 200 "${page:-hello}\n"; } } }
END
  start "$site" nginx -c "$stage/nginx.conf" -p "$stage"
  start $((first + 2)) dotnet "$stage/app/Gateway.dll" --contentRoot "$stage" "$@"
}
