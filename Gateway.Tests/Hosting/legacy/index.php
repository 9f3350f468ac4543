<?php
// What the application sees of the request: this is all it knows of the visitor.
$seen = array_filter(
    $_SERVER,
    fn ($name) => str_starts_with($name, 'HTTP_') || in_array($name, ['REQUEST_METHOD', 'REQUEST_URI', 'REMOTE_ADDR'], true),
    ARRAY_FILTER_USE_KEY
);
header('Content-Type: application/json');
echo json_encode(['server' => $seen, 'get' => (object) $_GET, 'post' => (object) $_POST, 'cookies' => (object) $_COOKIE]);
