<?php
// Takes one uploaded file and says what arrived.
header('Content-Type: application/json');
$file = $_FILES['file'] ?? null;
if ($file === null || $file['error'] !== UPLOAD_ERR_OK) {
    http_response_code(400);
    echo json_encode(['error' => $file['error'] ?? 'no file']);
    exit;
}
echo json_encode([
    'name' => $file['name'],
    'size' => $file['size'],
    'sha256' => hash_file('sha256', $file['tmp_name']),
]);
