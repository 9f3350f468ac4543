<?php
// A form with a session of the application's own.
session_start();
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
    $_SESSION['note'] = $_POST['note'] ?? '';
    header('Location: note.php', true, 302);
    exit;
}
$user = htmlspecialchars($_SERVER['HTTP_X_USER_ID'] ?? 'nobody');
$note = htmlspecialchars($_SESSION['note'] ?? '');
?>
<!DOCTYPE html>
<html lang="en">
<head><title>Notes</title></head>
<body>
<h1>Notes of <span id="user"><?= $user ?></span></h1>
<form method="post" action="note.php">
  <input type="text" name="note" value="<?= $note ?>">
  <button>Keep</button>
</form>
</body>
</html>
