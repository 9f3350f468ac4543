// What the gateway replaces: sessions in Redis and a signed cookie that remembers the browser, before a proxy, as the packages' own
// documentation puts them together. Anybody may log in, as it is only measured. PROCESSES=2 makes a cluster.
import cluster from "node:cluster";
import { Agent } from "node:http";
import cookieParser from "cookie-parser";
import express from "express";
import session from "express-session";
import { RedisStore } from "connect-redis";
import { createProxyMiddleware } from "http-proxy-middleware";
import { createClient } from "redis";

const { PORT, PROCESSES, REDIS, SITE } = process.env;
const secret = "only measured";
const idle = 1800;

async function serve() {
  const client = await createClient({ url: REDIS }).connect();
  const app = express();
  app.use(cookieParser(secret));
  app.use(session({
    store: new RedisStore({ client, prefix: "sess:", ttl: idle }),
    secret,
    resave: false,
    saveUninitialized: false,
  }));

  app.post("/login", express.json(), (request, response) => {
    request.session.user = request.body;
    response.cookie("remember", request.body.id, { signed: true, httpOnly: true, maxAge: 30 * 86400 * 1000 });
    response.json({ userId: request.body.id });
  });

  app.use((request, response, next) => {
    const { remember } = request.signedCookies;
    if (!request.session.user && remember)
      request.session.user = { id: remember };
    if (!request.session.user)
      return response.sendStatus(401);
    next();
  });

  app.use(createProxyMiddleware({
    target: SITE,
    // Without it, the proxy closes every connection after its answer, to both sides.
    agent: new Agent({ keepAlive: true }),
    on: { proxyReq: (proxied, request) => proxied.setHeader("X-User-Id", request.session.user.id) },
  }));
  app.listen(Number(PORT), "127.0.0.1");
}

if (Number(PROCESSES) > 1 && cluster.isPrimary) {
  for (let number = 0; number < Number(PROCESSES); number++)
    cluster.fork();
} else {
  await serve();
}
