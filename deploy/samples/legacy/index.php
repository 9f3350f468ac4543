<?php
// A site that never heard of the gateway but reads one header. Without Apache: php -S 127.0.0.1:8080 -t deploy/samples/legacy
header('Cache-Control: private, no-store');
$user = htmlspecialchars($_SERVER['HTTP_X_USER_ID'] ?? 'nobody');
$page = htmlspecialchars($_SERVER['REQUEST_URI']);
?>
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Legacy site</title>
<h1>Legacy site</h1>
<p>You read <code><?= $page ?></code> as <strong><?= $user ?></strong>.</p>
<p><a href="/_gateway/logout">Log out</a></p>
</html>
